package io.headwater.projectors.platform.rebuild;

import io.headwater.projectors.platform.Generation;
import io.headwater.projectors.platform.lag.Lag;
import io.headwater.projectors.platform.lag.LagProbe;
import io.headwater.projectors.platform.lag.LogEnds;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.common.TopicPartition;
import org.springframework.jdbc.core.simple.JdbcClient;

/// Brings two generations to the same source offsets: both folds stop where they are and say where,
/// go on to the larger offset of each partition, and everything they made of it goes through to the
/// tables. Takes seconds, in which the live view stands still; ends by itself when whoever makes it
/// dies.
final class Cut implements AutoCloseable {

    private static final long LOOK_MILLIS = 50;

    /// What a snapshot needs from now on, until the folds are let go.
    private static final String HOLDS =
            """
            select count(*) = 1 from ops.cut
            where id = :cut and state = 'GO' and expires_at > now() + interval '1 second'\
            """;

    private final JdbcClient jdbc;
    private final LogEnds logs;
    private final LagProbe probe;
    private final LogEnds.Followed live;
    private final LogEnds.Followed candidate;
    private final long limitNanos;
    private final long id;

    /// Ends one of the same generations that was left behind: they are compared in one place at a
    /// time, so whoever made it is gone, or could not say so because Postgres was.
    ///
    /// @param limit for the whole of it
    /// @throws CutTakenException while another generation of this projection is compared
    Cut(
            JdbcClient jdbc,
            LogEnds logs,
            LagProbe probe,
            LogEnds.Followed live,
            LogEnds.Followed candidate,
            Duration limit) {
        this.jdbc = jdbc;
        this.logs = logs;
        this.probe = probe;
        this.live = live;
        this.candidate = candidate;
        limitNanos = System.nanoTime() + limit.toNanos();
        String projection = live.generation().projection();
        jdbc.sql(
                        """
                        update ops.cut set state = 'DONE'
                        where projection = :projection and state <> 'DONE'
                          and (expires_at <= now() or candidate = :candidate)\
                        """)
                .param("projection", projection)
                .param("candidate", candidate.generation().number())
                .update();
        id =
                jdbc.sql(
                                """
                                insert into ops.cut (projection, live, candidate, expires_at)
                                values (:projection, :live, :candidate, now() + :millis * interval '1 millisecond')
                                on conflict (projection) where state <> 'DONE' do nothing
                                returning id\
                                """)
                        .param("projection", projection)
                        .param("live", live.generation().number())
                        .param("candidate", candidate.generation().number())
                        .param("millis", limit.toMillis())
                        .query(Long.class)
                        .optional()
                        .orElseThrow(CutTakenException::new);
    }

    /// @return the offsets that both stand at
    /// @throws CutException when they do not get there in time
    Map<TopicPartition, Long> reach() throws InterruptedException, ExecutionException {
        var targets = targets();
        jdbc.sql(
                        """
                        update ops.cut_position p
                        set target = t.target
                        from (select topic, part, max(held_at) as target
                              from ops.cut_position where cut = :cut group by topic, part) as t
                        where p.cut = :cut and p.topic = t.topic and p.part = t.part\
                        """)
                .param("cut", id)
                .update();
        jdbc.sql("update ops.cut set state = 'GO' where id = :cut").param("cut", id).update();
        while (!isThere(live, targets) || !isThere(candidate, targets)) {
            pause("the generations did not come to the same offsets");
        }
        return targets;
    }

    /// Asked in the transaction of the snapshot, first of all.
    ///
    /// @param snapshot on its connection
    boolean holds(JdbcClient snapshot) {
        return snapshot.sql(HOLDS).param("cut", id).query(Boolean.class).single();
    }

    /// Whether tables with these positions of their sinks hold all that the folds made, and no fold
    /// went beyond the targets.
    ///
    /// @param snapshot on the connection of the snapshot
    boolean isWhole(JdbcClient snapshot, Map<TopicPartition, Long> targets)
            throws ExecutionException, InterruptedException {
        for (var one : List.of(live, candidate)) {
            var ends = logs.upTo(one, targets);
            var written = written(snapshot, one.generation());
            if (isBehind(one.generation(), ends.source().and(Lag.of(written, ends.view())))
                    || logs.isBeyond(one, targets)) {
                return false;
            }
        }
        return true;
    }

    /// The folds go on.
    @Override
    public void close() {
        jdbc.sql("update ops.cut set state = 'DONE' where id = :cut").param("cut", id).update();
    }

    private Map<TopicPartition, Long> targets() throws InterruptedException, ExecutionException {
        var all = logs.partitionsOf(Set.copyOf(live.sources()));
        var both = Map.of(live, positions(live), candidate, positions(candidate));
        while (!both.values().stream().allMatch(held -> held.keySet().containsAll(all))) {
            pause("not every fold said where it stands");
            both = Map.of(live, positions(live), candidate, positions(candidate));
        }
        Map<TopicPartition, Long> targets = new HashMap<>();
        both.values().forEach(held -> held.forEach((p, at) -> targets.merge(p, at, Math::max)));
        return targets;
    }

    private Map<TopicPartition, Long> positions(LogEnds.Followed one) {
        Map<TopicPartition, Long> held = new HashMap<>();
        jdbc.sql(
                        "select topic, part, held_at from ops.cut_position where cut = :cut and generation = :generation")
                .param("cut", id)
                .param("generation", one.generation().number())
                .query((row, number) ->
                        held.put(
                                new TopicPartition(row.getString(1), row.getInt(2)),
                                row.getLong(3)))
                .list();
        return held;
    }

    private boolean isThere(LogEnds.Followed one, Map<TopicPartition, Long> targets)
            throws ExecutionException, InterruptedException {
        var ends = logs.upTo(one, targets);
        var view = Lag.of(written(jdbc, one.generation()), ends.view());
        return !isBehind(one.generation(), ends.source().and(view));
    }

    /// Markers of transactions are nothing to be behind by.
    private boolean isBehind(Generation generation, Lag lag) {
        return !probe.oldest(generation, lag).isEmpty();
    }

    private static Map<TopicPartition, Long> written(JdbcClient jdbc, Generation generation) {
        Map<TopicPartition, Long> written = new HashMap<>();
        jdbc.sql(
                        """
                        select topic, part, next_offset from ops.projection_position
                        where projection = :projection and generation = :generation\
                        """)
                .param("projection", generation.projection())
                .param("generation", generation.number())
                .query((row, number) ->
                        written.put(
                                new TopicPartition(row.getString(1), row.getInt(2)),
                                row.getLong(3)))
                .list();
        return written;
    }

    private void pause(String otherwise) throws InterruptedException {
        if (System.nanoTime() > limitNanos) {
            throw new CutException(otherwise);
        }
        TimeUnit.MILLISECONDS.sleep(LOOK_MILLIS);
    }
}
