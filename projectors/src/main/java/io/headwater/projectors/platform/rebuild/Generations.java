package io.headwater.projectors.platform.rebuild;

import io.headwater.projectors.platform.Generation;
import io.headwater.projectors.platform.State;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/// The generations in `ops.projection`. A step is made only from the state it was decided in, so
/// that two who believe to lead cannot both make it, and is recorded in `ops.transition` with it.
@Component
class Generations {

    static final String PROJECTORS = "projectors";

    /// One generation as it stands.
    ///
    /// @param health of its fold and sink, as its instance last said
    /// @param reason why it is not well
    /// @param done source records read so far, markers of transactions included
    /// @param bulk its first rows are made in bulk, and are not there yet
    /// @param fromArchive they are made from the archive, as far as it goes
    /// @param backfillEnd the same when the backfill began, of all that there was to read
    /// @param expected what the request said may differ
    record Row(
            Generation generation,
            int foldVersion,
            State state,
            boolean verifyOnly,
            boolean runs,
            boolean bulk,
            boolean fromArchive,
            String health,
            @Nullable String reason,
            boolean alive,
            long lagAgeMillis,
            long done,
            long sourceEnd,
            @Nullable Long backfillEnd,
            @Nullable Instant steadySince,
            @Nullable Instant retireAt,
            @Nullable Integer maxRate,
            @Nullable Integer rateLimit,
            Set<String> expected) {

        /// @param age of the oldest record not in the tables, at most
        boolean isCaughtUp(Duration age) {
            return alive
                    && (health.equals("RUNNING") || health.equals("CATCHING_UP"))
                    && lagAgeMillis <= age.toMillis();
        }
    }

    private static final String SELECT =
            """
            select projection, generation, fold_version, state, purpose, runs,
                   backfill = 'bulk' as bulk, backfill_from = 'archive' as from_archive, health, reason,
                   heartbeat > greatest(planned_at, now() - interval '10 seconds') as alive,
                   lag_age_ms, source_end - source_first - source_lag as done, source_end,
                   backfill_end, steady_since, retire_at, max_rate, rate_limit, expected
            from ops.projection
            where state <> 'GONE'\
            """;

    private static final String ORDER = " order by projection, generation";

    private final JdbcClient jdbc;

    Generations(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    List<Row> all() {
        return jdbc.sql(SELECT + ORDER).query((row, number) -> row(row)).list();
    }

    List<Row> of(String projection) {
        return jdbc.sql(SELECT + " and projection = :projection" + ORDER)
                .param("projection", projection)
                .query((row, number) -> row(row))
                .list();
    }

    boolean isIn(Generation generation, State state) {
        return jdbc.sql(
                        """
                        select exists (
                            select from ops.projection
                            where projection = :projection and generation = :generation
                              and state = :state)\
                        """)
                .param("projection", generation.projection())
                .param("generation", generation.number())
                .param("state", state.name())
                .query(Boolean.class)
                .single();
    }

    Optional<Row> live(String projection) {
        return jdbc.sql(SELECT + " and projection = :projection and state = 'LIVE'")
                .param("projection", projection)
                .query((row, number) -> row(row))
                .optional();
    }

    /// What a new generation is to be like.
    ///
    /// @param bulk whether its first rows are made in bulk
    /// @param archive whether they are made from the archive, as far as it goes
    /// @param maxRate records per second that it may read at most; null: as many as it can
    /// @param expected what may differ from the live one
    record Plan(
            String projection,
            int foldVersion,
            boolean verifyOnly,
            boolean bulk,
            boolean archive,
            @Nullable Integer maxRate,
            Set<String> expected) {}

    /// Numbers are never used again: groups, topics and schemas are named by them.
    Generation plan(Plan plan, String actor) {
        int number =
                jdbc.sql(
                                """
                                insert into ops.projection
                                    (projection, generation, fold_version, state, purpose, expected,
                                     max_rate, rate_limit, backfill, backfill_from)
                                select :projection, max(generation) + 1, :version, 'PLANNED', :purpose,
                                       string_to_array(:expected, ','), :maxRate, :maxRate, :backfill,
                                       :from
                                from ops.projection
                                where projection = :projection
                                returning generation\
                                """)
                        .param("projection", plan.projection())
                        .param("version", plan.foldVersion())
                        .param("purpose", plan.verifyOnly() ? "verify" : "serve")
                        .param("expected", String.join(",", plan.expected()))
                        .param("maxRate", plan.maxRate(), java.sql.Types.INTEGER)
                        .param("backfill", plan.bulk() ? "bulk" : "streams")
                        .param("from", plan.archive() ? "archive" : "kafka")
                        .query(Integer.class)
                        .single();
        var generation = new Generation(plan.projection(), number);
        record(generation, null, State.PLANNED, null, actor);
        return generation;
    }

    /// @return whether it was in that state, and so is in the next one now
    boolean move(
            Generation generation, State from, State to, @Nullable String reason, String actor) {
        int moved =
                jdbc.sql(
                                """
                                update ops.projection
                                set state = :to, reason = :reason, updated_at = now(),
                                    steady_since = null,
                                    runs = runs and :to not in ('FAILED', 'GONE')
                                where projection = :projection and generation = :generation
                                  and state = :from\
                                """)
                        .param("to", to.name())
                        .param("reason", reason)
                        .param("from", from.name())
                        .param("projection", generation.projection())
                        .param("generation", generation.number())
                        .update();
        if (moved == 1) {
            record(generation, from, to, reason, actor);
        }
        return moved == 1;
    }

    /// @param after from now, when it is to be dropped
    void retire(Generation generation, Duration after) {
        jdbc.sql(
                        """
                        update ops.projection
                        set retire_at = now() + :millis * interval '1 millisecond'
                        where projection = :projection and generation = :generation\
                        """)
                .param("millis", after.toMillis())
                .param("projection", generation.projection())
                .param("generation", generation.number())
                .update();
    }

    /// Instances let go of it.
    void stop(Generation generation) {
        set(generation, "runs = false");
    }

    void backfillBegins(Generation generation) {
        set(generation, "backfill_end = source_end - source_first");
    }

    /// @param steady caught up since the last look
    void steady(Generation generation, boolean steady) {
        set(
                generation,
                steady ? "steady_since = coalesce(steady_since, now())" : "steady_since = null");
    }

    /// @param perSecond null: not limited
    void limit(Generation generation, @Nullable Integer perSecond) {
        jdbc.sql(
                        """
                        update ops.projection
                        set rate_limit = :limit
                        where projection = :projection and generation = :generation\
                        """)
                .param("limit", perSecond, java.sql.Types.INTEGER)
                .param("projection", generation.projection())
                .param("generation", generation.number())
                .update();
    }

    /// Why it does not go on, for people; it stays in its state.
    void reason(Generation generation, @Nullable String reason) {
        jdbc.sql(
                        """
                        update ops.projection
                        set reason = :reason
                        where projection = :projection and generation = :generation\
                        """)
                .param("reason", reason, java.sql.Types.VARCHAR)
                .param("projection", generation.projection())
                .param("generation", generation.number())
                .update();
    }

    void record(
            Generation generation,
            @Nullable State from,
            State to,
            @Nullable String reason,
            String actor) {
        jdbc.sql(
                        """
                        insert into ops.transition
                            (projection, generation, from_state, to_state, reason, actor)
                        values (:projection, :generation, :from, :to, :reason, :actor)\
                        """)
                .param("projection", generation.projection())
                .param("generation", generation.number())
                .param("from", from == null ? null : from.name())
                .param("to", to.name())
                .param("reason", reason)
                .param("actor", actor)
                .update();
    }

    /// Seconds by the clock of Postgres, which is everybody's.
    Instant now() {
        return jdbc.sql("select now()").query(OffsetDateTime.class).single().toInstant();
    }

    private void set(Generation generation, String assignment) {
        jdbc.sql(
                        "update ops.projection set "
                                + assignment
                                + " where projection = :projection and generation = :generation")
                .param("projection", generation.projection())
                .param("generation", generation.number())
                .update();
    }

    private static Row row(ResultSet row) throws SQLException {
        String[] expected = (String[]) row.getArray("expected").getArray();
        return new Row(
                new Generation(row.getString("projection"), row.getInt("generation")),
                row.getInt("fold_version"),
                State.valueOf(row.getString("state")),
                row.getString("purpose").equals("verify"),
                row.getBoolean("runs"),
                row.getBoolean("bulk"),
                row.getBoolean("from_archive"),
                row.getString("health"),
                row.getString("reason"),
                row.getBoolean("alive"),
                row.getLong("lag_age_ms"),
                row.getLong("done"),
                row.getLong("source_end"),
                row.getObject("backfill_end", Long.class),
                instant(row, "steady_since"),
                instant(row, "retire_at"),
                row.getObject("max_rate", Integer.class),
                row.getObject("rate_limit", Integer.class),
                Set.of(expected));
    }

    private static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
        OffsetDateTime time = row.getObject(column, OffsetDateTime.class);
        return time == null ? null : time.toInstant();
    }
}
