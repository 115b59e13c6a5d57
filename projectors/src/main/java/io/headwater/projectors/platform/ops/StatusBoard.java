package io.headwater.projectors.platform.ops;

import io.headwater.projectors.platform.Generation;
import io.headwater.projectors.platform.ProjectorSettings;
import io.headwater.projectors.platform.bulk.Progress;
import io.headwater.projectors.platform.lag.Lag;
import io.headwater.projectors.platform.lag.LagProbe;
import io.headwater.projectors.platform.lag.LogEnds;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/// Writes the status row of every projection about once a second; of one whose first rows are there
/// and that is not read yet more often, since a rebuild goes on when it is seen to have caught up.
///
/// source lag = ends of the event topics, and of the topics between two steps of the fold − what
/// the fold has committed; sink lag = ends of the view topic and the dead letters − what is in the
/// tables; lag age = age of the oldest record not in the tables yet, 0 when caught up, also on idle
/// partitions. All ends are the brokers': a fold or sink that hangs falls behind visibly.
@Component
class StatusBoard {

    private static final Logger log = LoggerFactory.getLogger(StatusBoard.class);
    private static final long PERIOD_NANOS = TimeUnit.SECONDS.toNanos(1);
    private static final long BUILDING_MILLIS = 200;
    private static final long CAUGHT_UP_MILLIS = 5_000;

    /// Share of the newest second in the rate shown.
    private static final double SMOOTHING = 0.3;

    private static final String POSITIONS =
            """
            select topic, part, next_offset, applied
            from ops.projection_position
            where projection = :projection and generation = :generation\
            """;

    /// Why one is not dropped yet is said by whoever drops it.
    private static final String UPDATE =
            """
            update ops.projection
            set health = :health,
                reason = coalesce(
                    :reason,
                    case when state = 'RETIRING' and retire_at <= now() then reason end),
                source_lag = :sourceLag, sink_lag = :sinkLag,
                source_first = :sourceFirst, source_end = :sourceEnd, lag_age_ms = :lagAge,
                rate_per_second = :rate, heartbeat = now(), updated_at = now()
            where projection = :projection and generation = :generation and runs\
            """;

    private static final String BACKFILL =
            """
            update ops.projection
            set health = :health, reason = :reason, source_lag = :sourceLag, sink_lag = 0,
                source_first = :sourceFirst, source_end = :sourceEnd, lag_age_ms = :lagAge,
                rate_per_second = :rate, backfill_step = :step, heartbeat = now(), updated_at = now()
            where projection = :projection and generation = :generation and runs and backfill = 'bulk'\
            """;

    private record Position(TopicPartition partition, long next, long applied) {}

    private record Rate(long applied, long atNanos, double perSecond) {}

    private final JdbcClient jdbc;
    private final LogEnds logs;
    private final ProjectorSettings settings;
    private final Map<Generation, Rate> rates = new HashMap<>();
    private final ScheduledExecutorService timer =
            Executors.newSingleThreadScheduledExecutor(
                    Thread.ofPlatform().name("projection-status").daemon(true).factory());
    private @Nullable LagProbe probe;
    private long allAt = System.nanoTime() - PERIOD_NANOS;
    private volatile @Nullable String failure;

    StatusBoard(JdbcClient jdbc, LogEnds logs, ProjectorSettings settings) {
        this.jdbc = jdbc;
        this.logs = logs;
        this.settings = settings;
    }

    /// @param running asked for each time
    void start(Supplier<List<RunningProjection>> running) {
        timer.scheduleWithFixedDelay(
                () -> look(running.get()), 0, BUILDING_MILLIS, TimeUnit.MILLISECONDS);
    }

    void stop() {
        timer.shutdownNow();
        try {
            if (!timer.awaitTermination(5, TimeUnit.SECONDS)) {
                log.atWarn().log("status did not stop in time");
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
        var open = probe;
        if (open != null) {
            open.close();
        }
    }

    /// Why the status is not written now; null when it is.
    @Nullable String failure() {
        return failure;
    }

    private void look(List<RunningProjection> all) {
        long now = System.nanoTime();
        if (now - allAt >= PERIOD_NANOS) {
            allAt = now;
            rates.keySet().retainAll(all.stream().map(RunningProjection::generation).toList());
            update(all);
            return;
        }
        var arriving = all.stream().filter(RunningProjection::isArriving).toList();
        if (!arriving.isEmpty()) {
            update(arriving);
        }
    }

    private void update(List<RunningProjection> all) {
        try {
            all.stream().filter(RunningProjection::hasBackfill).forEach(this::updateBackfill);
            // The topics of one without a fold may not be there yet.
            var running = all.stream().filter(RunningProjection::hasFold).toList();
            if (probe == null) {
                probe = LagProbe.open(settings.kafka().brokers(), settings.instance());
            }
            var ends = logs.read(running.stream().map(RunningProjection::followed).toList());
            for (var one : running) {
                update(one, ends.getOrDefault(one.generation(), LogEnds.NONE), probe);
            }
            failure = null;
        } catch (ExecutionException | KafkaException | DataAccessException away) {
            String reason = String.valueOf(away.getMessage());
            if (!reason.equals(failure)) {
                log.atWarn().addKeyValue("reason", reason).log("status cannot be written");
            }
            failure = reason;
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    private void update(RunningProjection one, LogEnds.Ends ends, LagProbe probe) {
        var generation = one.generation();
        var positions =
                jdbc.sql(POSITIONS)
                        .param("projection", generation.projection())
                        .param("generation", generation.number())
                        .query((row, number) ->
                                new Position(
                                        new TopicPartition(row.getString(1), row.getInt(2)),
                                        row.getLong(3),
                                        row.getLong(4)))
                        .list();
        Map<TopicPartition, Long> written = new HashMap<>();
        long applied = 0;
        for (var position : positions) {
            applied += position.applied();
            written.put(position.partition(), position.next());
        }
        var view = Lag.of(written, ends.view());
        var oldest = probe.oldest(generation, ends.source().and(view));
        long now = System.currentTimeMillis();
        long age =
                oldest.values().stream()
                        .filter(timestamp -> timestamp > 0)
                        .mapToLong(timestamp -> Math.max(0, now - timestamp))
                        .max()
                        .orElse(0);
        jdbc.sql(UPDATE)
                .param("projection", generation.projection())
                .param("generation", generation.number())
                .param("health", health(one, age))
                .param("reason", one.reason())
                .param("sourceLag", ends.source().offsets(oldest.keySet()))
                .param("sinkLag", view.offsets(oldest.keySet()))
                .param("sourceFirst", ends.sourceFirst())
                .param("sourceEnd", ends.sourceEnd())
                .param("lagAge", age)
                .param("rate", rate(generation, applied))
                .update();
    }

    /// Offsets read are the only measure of it: no row counts before all are there.
    private void updateBackfill(RunningProjection one) {
        var progress = one.backfill();
        if (progress == null || progress.step() == Progress.Step.WAITING) {
            return;
        }
        var generation = one.generation();
        long age = progress.at() == 0 ? 0 : Math.max(0, System.currentTimeMillis() - progress.at());
        jdbc.sql(BACKFILL)
                .param("projection", generation.projection())
                .param("generation", generation.number())
                .param("health", progress.stopped() == null ? health(one, age) : "STOPPED")
                .param("reason", one.reason())
                .param("sourceLag", progress.end() - progress.first() - progress.done())
                .param("sourceFirst", progress.first())
                .param("sourceEnd", progress.end())
                .param("lagAge", age)
                .param("rate", rate(generation, progress.done()))
                .param("step", progress.step().name().toLowerCase(Locale.ROOT))
                .update();
    }

    private double rate(Generation generation, long applied) {
        long now = System.nanoTime();
        var before = rates.get(generation);
        double rate = 0;
        if (before != null) {
            if (now - before.atNanos() < PERIOD_NANOS / 2) {
                return rounded(before.perSecond());
            }
            double seconds = (now - before.atNanos()) / 1e9;
            // A backfill goes back when it begins a partition anew.
            long more = Math.max(0, applied - before.applied());
            rate = SMOOTHING * more / seconds + (1 - SMOOTHING) * before.perSecond();
        }
        rates.put(generation, new Rate(applied, now, rate));
        return rounded(rate);
    }

    private static double rounded(double rate) {
        return Math.round(rate * 10) / 10.0;
    }

    private static String health(RunningProjection one, long ageMillis) {
        if (one.isHealthy()) {
            return ageMillis > CAUGHT_UP_MILLIS ? "CATCHING_UP" : "RUNNING";
        }
        if (one.isRefused()) {
            return "STOPPED";
        }
        return switch (one.sinkStatus().state()) {
            case STOPPED -> "STOPPED";
            case STARTING -> "STARTING";
            case RUNNING, WAITING -> "WAITING";
        };
    }
}
