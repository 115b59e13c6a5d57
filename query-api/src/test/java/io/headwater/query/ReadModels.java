package io.headwater.query;

import static io.headwater.query.TestRows.merge;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.flywaydb.core.Flyway;
import org.jspecify.annotations.Nullable;
import org.postgresql.ds.PGSimpleDataSource;
import org.springframework.jdbc.core.simple.JdbcClient;

/// The tables of the projectors in a database, made by their own migrations, filled by tests.
public final class ReadModels {
    private static final String MIGRATIONS =
            "filesystem:../projectors/src/main/resources/db/projectors";
    private static final AtomicLong OFFSETS = new AtomicLong();
    private static final Map<String, List<String>> TABLES =
            Map.of(
                    "leads",
                            List.of(
                                    "leads",
                                    "lead_money",
                                    "lead_timeline",
                                    "lead_appointments",
                                    "submissions",
                                    "submission_changes",
                                    "quarantine",
                                    "provider_facts",
                                    "lead_consents"),
                    "lead_volume", List.of("lead_volume_15m"),
                    "sessions", List.of("sessions"),
                    "traffic", List.of("traffic_15m", "page_views_15m"),
                    "intake", List.of("intake_15m"),
                    "webhooks", List.of("webhooks"));

    private final PGSimpleDataSource owner = new PGSimpleDataSource();
    private final JdbcClient jdbc;
    private final TestRows rows;

    /// @param user owner of the database
    public ReadModels(String jdbcUrl, String user, String password) {
        owner.setUrl(jdbcUrl);
        owner.setUser(user);
        owner.setPassword(password);
        jdbc = JdbcClient.create(owner);
        rows = new TestRows(jdbc);
    }

    public ReadModels migrate() {
        flyway("ops", MIGRATIONS + "/ops");
        for (String projection : TABLES.keySet()) {
            flyway(projection + "_g1", MIGRATIONS + "/generation/" + projection);
            jdbc.sql(
                            """
                            insert into ops.projection (projection, generation, fold_version, state)
                            values (:projection, 1, 1, 'READY')
                            on conflict do nothing
                            """)
                    .param("projection", projection)
                    .update();
            jdbc.sql("select ops.publish(:projection, 1)")
                    .param("projection", projection)
                    .query(Integer.class)
                    .single();
        }
        return this;
    }

    private void flyway(String schema, String location) {
        Flyway.configure()
                .dataSource(owner)
                .locations(location)
                .defaultSchema(schema)
                .load()
                .migrate();
    }

    public JdbcClient jdbc() {
        return jdbc;
    }

    public void clear() {
        TABLES.forEach((projection, tables) ->
                tables.forEach(
                        table -> jdbc.sql("truncate " + projection + "_g1." + table).update()));
        jdbc.sql(
                        """
                        truncate ops.projection_position, ops.drained, ops.request, ops.transition,
                                 ops.report, ops.sample
                        """)
                .update();
        jdbc.sql("delete from ops.projection where generation > 1").update();
        beat();
    }

    /// As the projectors do once a second: all are well and caught up.
    public void beat() {
        jdbc.sql(
                        """
                        update ops.projection
                        set heartbeat = now(), updated_at = now(), lag_age_ms = 0,
                            health = 'RUNNING'
                        """)
                .update();
    }

    /// Tables of another generation, empty, which no view points at.
    public void tables(String projection, int generation) {
        flyway(projection + "_g" + generation, MIGRATIONS + "/generation/" + projection);
    }

    /// Another generation of a projection.
    public void generation(String projection, int generation, @Nullable Object... columns) {
        insert(
                "ops.projection",
                merge(
                        Map.of(
                                "projection",
                                projection,
                                "generation",
                                generation,
                                "fold_version",
                                1,
                                "state",
                                "BACKFILL"),
                        columns));
    }

    /// As the sink does after a commit.
    public void announce(String projection) {
        jdbc.sql("select pg_notify('headwater_projection', :projection)")
                .param("projection", projection)
                .query((row, _) -> 1)
                .single();
    }

    /// As the sink does with a row that was parked.
    public void drained(String key, boolean fresh) {
        jdbc.sql(
                        """
                        insert into ops.drained (projection, generation, row_key, fresh)
                        values (:projection, 1, :key, :fresh)
                        """)
                .param("projection", "leads")
                .param("key", key)
                .param("fresh", fresh)
                .update();
    }

    /// Captured after all leads before, in partition 0.
    public void lead(String id, @Nullable Object... columns) {
        insert(
                "leads_g1.leads",
                merge(
                        Map.of(
                                "lead_id",
                                id,
                                "site_id",
                                "main",
                                "status",
                                "new",
                                "channel",
                                "api",
                                "source",
                                source(columns),
                                "captured_offset",
                                OFFSETS.incrementAndGet(),
                                "submissions",
                                1),
                        columns));
    }

    /// As the fold does it, without a referrer.
    private static Object source(@Nullable Object... columns) {
        var given = merge(Map.of(), columns);
        Object source = given.getOrDefault("utm_source", given.getOrDefault("lead_source", null));
        return source == null ? "(direct)" : source;
    }

    public void submission(String id, @Nullable Object... columns) {
        insert(
                "leads_g1.submissions",
                merge(
                        Map.of(
                                "submission_id", id,
                                "site_id", "main",
                                "outcome", "accepted",
                                "source", source(columns),
                                "channel", "api"),
                        columns));
    }

    public void fact(String id, @Nullable Object... columns) {
        insert(
                "leads_g1.provider_facts",
                merge(
                        Map.of(
                                "fact_id", id,
                                "site_id", "main",
                                "source_id", "stripe-1",
                                "provider", "stripe",
                                "kind", "payment"),
                        columns));
    }

    /// Of a submission of its own unless the columns name another.
    public void consent(String id, @Nullable Object... columns) {
        insert(
                "leads_g1.lead_consents",
                merge(
                        Map.of(
                                "consent_id",
                                id,
                                "submission_id",
                                id,
                                "site_id",
                                "main",
                                "granted",
                                true),
                        columns));
    }

    public void money(String leadId, String currency, @Nullable Object... columns) {
        insert(
                "leads_g1.lead_money",
                merge(Map.of("lead_id", leadId, "currency", currency, "site_id", "main"), columns));
    }

    public void timeline(String eventId, String leadId, @Nullable Object... columns) {
        insert(
                "leads_g1.lead_timeline",
                merge(Map.of("event_id", eventId, "lead_id", leadId, "site_id", "main"), columns));
    }

    public void appointment(String leadId, String ref, @Nullable Object... columns) {
        insert(
                "leads_g1.lead_appointments",
                merge(
                        Map.of(
                                "lead_id", leadId,
                                "appointment_ref", ref,
                                "current_ref", ref,
                                "status", "booked",
                                "site_id", "main"),
                        columns));
    }

    /// Waits, with a submission of the same id.
    public void quarantined(String submissionId, @Nullable Object... columns) {
        submission(submissionId, "outcome", "quarantined", "email", submissionId + "@example.com");
        insert(
                "leads_g1.quarantine",
                merge(
                        Map.of(
                                "submission_id", submissionId,
                                "site_id", "main",
                                "channel", "webhook",
                                "code", "invalid-phone",
                                "state", "waiting"),
                        columns));
    }

    public void change(String submissionId, String field, @Nullable Object... columns) {
        insert(
                "leads_g1.submission_changes",
                merge(
                        Map.of(
                                "event_id",
                                "edit-of-" + submissionId,
                                "submission_id",
                                submissionId,
                                "field",
                                field,
                                "site_id",
                                "main"),
                        columns));
    }

    public void webhook(String receiptId, @Nullable Object... columns) {
        insert(
                "webhooks_g1.webhooks",
                merge(
                        Map.of(
                                "receipt_id", receiptId,
                                "channel", "webhook",
                                "outcome", "accepted"),
                        columns));
    }

    public void session(String id, @Nullable Object... columns) {
        insert(
                "sessions_g1.sessions",
                merge(
                        Map.of(
                                "session_id", id,
                                "site_id", "main",
                                "device_type", "desktop",
                                "engagement_label", "Cold"),
                        columns));
    }

    public void volume(Instant bucket, String source, @Nullable Object... columns) {
        insert(
                "lead_volume_g1.lead_volume_15m",
                merge(
                        Map.of(
                                "site_id", "main",
                                "bucket", bucket,
                                "source", source,
                                "campaign", "(none)",
                                "country", "(unknown)",
                                "device", "unknown"),
                        columns));
    }

    public void traffic(Instant bucket, String source, @Nullable Object... columns) {
        insert(
                "traffic_g1.traffic_15m",
                merge(
                        Map.of(
                                "site_id", "main",
                                "bucket", bucket,
                                "source", source,
                                "campaign", "(none)",
                                "country", "(unknown)",
                                "device", "unknown"),
                        columns));
    }

    public void pageViews(Instant bucket, String page, long views, long sessions) {
        insert(
                "traffic_g1.page_views_15m",
                merge(
                        Map.of("site_id", "main", "bucket", bucket, "page", page),
                        "views",
                        views,
                        "unique_sessions",
                        sessions));
    }

    public void intake(Instant bucket, String source, @Nullable Object... columns) {
        insert(
                "intake_g1.intake_15m",
                merge(Map.of("site_id", "main", "bucket", bucket, "source_id", source), columns));
    }

    /// @param table of generation 1
    public void row(String projection, String table, Map<String, ? extends @Nullable Object> row) {
        insert(projection + "_g1." + table, row);
    }

    public void position(String projection, int part, long read, long applied) {
        insert(
                "ops.projection_position",
                Map.of(
                        "projection", projection,
                        "generation", 1,
                        "topic", "view." + projection + ".g1",
                        "part", part,
                        "read", read,
                        "applied", applied,
                        "owner", "test"));
    }

    private void insert(String table, Map<String, ? extends @Nullable Object> columns) {
        rows.insert(table, columns);
    }
}
