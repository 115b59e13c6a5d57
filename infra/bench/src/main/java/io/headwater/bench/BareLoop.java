package io.headwater.bench;

import io.headwater.events.tracking.EventsTracked;
import io.headwater.events.tracking.SessionStarted;
import io.headwater.schema.AvroSerde;
import io.headwater.schema.SchemaIds;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.postgresql.PGConnection;

/// The yardstick of (b): reads the topic, folds in memory, writes the same rows by COPY and merge
/// in batches of 5,000 events. No state store, no view topic, no position: what cannot be beaten.
final class BareLoop {

    private static final int BATCH = 5_000;

    /// In the order of a row's values.
    private static final String COLUMNS =
            """
            session_id, visitor_id, device_id, fingerprint_id, site_id, entry_page, exit_page,
            utm_source, utm_campaign, device_type, country, started_at, last_event_at,
            event_count, page_views, clicks, max_scroll_percent, duration_seconds, return_visits,
            engagement_score, engagement_label, src_partition, src_offset\
            """;

    private final String bootstrap;
    private final SchemaIds ids;
    private final Connection database;
    private final String table;

    /// @param table with the columns of `sessions`
    BareLoop(Grounds grounds, String table) {
        bootstrap = grounds.backends().kafkaBootstrap();
        ids = grounds.ids();
        database = grounds.database();
        this.table = table;
    }

    private static final class Session {
        final String id;
        String visitor = "";
        String device = "";
        String fingerprint = "";
        String entryPage = "";
        String exitPage = "";
        Instant startedAt = Instant.EPOCH;
        Instant lastEventAt = Instant.EPOCH;
        int clicks;
        int partition;
        long offset;

        Session(String id) {
            this.id = id;
        }
    }

    /// @param from the offsets to begin with, every partition named
    /// @param events how many there are from there
    /// @param measureFrom events to let pass before the clock starts
    /// @return committed events per second
    double run(Map<TopicPartition, Long> from, long events, long measureFrom)
            throws SQLException, IOException {
        Map<String, Session> sessions = new HashMap<>();
        Set<Session> dirty = new LinkedHashSet<>();
        long started = 0;
        long startedAfter = 0;
        long done = 0;
        database.setAutoCommit(false);
        try (var consumer =
                new KafkaConsumer<>(
                        Map.<String, Object>of(
                                ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrap,
                                ConsumerConfig.MAX_POLL_RECORDS_CONFIG, BATCH,
                                ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false),
                        new StringDeserializer(),
                        new AvroSerde<SpecificRecord>(ids))) {
            consumer.assign(from.keySet());
            from.forEach(consumer::seek);
            int inBatch = 0;
            while (done < events) {
                for (var record : consumer.poll(Duration.ofMillis(500))) {
                    Session session = sessions.computeIfAbsent(record.key(), Session::new);
                    fold(session, record.value());
                    session.partition = record.partition();
                    session.offset = record.offset();
                    dirty.add(session);
                    inBatch++;
                }
                if (inBatch >= BATCH || done + inBatch >= events) {
                    write(dirty);
                    dirty.clear();
                    done += inBatch;
                    inBatch = 0;
                }
                if (started == 0 && done >= measureFrom) {
                    started = System.nanoTime();
                    startedAfter = done;
                }
            }
        }
        return (done - startedAfter) / ((System.nanoTime() - started) / 1e9);
    }

    private static void fold(Session session, SpecificRecord event) {
        switch (event) {
            case SessionStarted start -> {
                session.visitor = start.getVisitorId();
                session.device = start.getDeviceId();
                session.fingerprint = start.getFingerprintId();
                session.entryPage = start.getPage();
                session.startedAt = start.getStartedAt();
                session.lastEventAt = start.getStartedAt();
            }
            case EventsTracked tracked ->
                    tracked.getEvents()
                            .forEach(one -> {
                                session.clicks++;
                                session.exitPage = String.valueOf(one.getPage());
                                session.lastEventAt = one.getOccurredAt();
                            });
            default -> throw new IllegalStateException("unexpected " + event.getSchema());
        }
    }

    private void write(Set<Session> dirty) throws SQLException, IOException {
        try (var statement = database.createStatement()) {
            statement.execute(
                    "create temporary table if not exists batch (like "
                            + table
                            + " including defaults) on commit delete rows");
        }
        var rows =
                dirty.stream()
                        .map(BareLoop::row)
                        .collect(Collectors.joining())
                        .getBytes(StandardCharsets.UTF_8);
        database.unwrap(PGConnection.class)
                .getCopyAPI()
                .copyIn("copy batch (" + COLUMNS + ") from stdin", new ByteArrayInputStream(rows));
        try (var statement = database.createStatement()) {
            statement.executeUpdate(
                    """
                    insert into %s select * from batch
                    on conflict (session_id) do update set
                        exit_page = excluded.exit_page,
                        last_event_at = excluded.last_event_at,
                        event_count = excluded.event_count,
                        clicks = excluded.clicks,
                        duration_seconds = excluded.duration_seconds,
                        engagement_score = excluded.engagement_score,
                        engagement_label = excluded.engagement_label,
                        src_partition = excluded.src_partition,
                        src_offset = excluded.src_offset
                    """
                            .formatted(table));
        }
        database.commit();
    }

    /// COPY's text form.
    private static String row(Session s) {
        long seconds = Duration.between(s.startedAt, s.lastEventAt).toSeconds();
        int score = (int) Math.min(35, seconds / 10) + Math.min(20, s.clicks);
        return String.join(
                        "\t",
                        s.id,
                        s.visitor,
                        s.device,
                        s.fingerprint,
                        "main",
                        s.entryPage,
                        s.exitPage,
                        "newsletter",
                        "spring",
                        "desktop",
                        "NL",
                        s.startedAt.toString(),
                        s.lastEventAt.toString(),
                        String.valueOf(s.clicks),
                        "0",
                        String.valueOf(s.clicks),
                        "0",
                        String.valueOf(seconds),
                        "0",
                        String.valueOf(score),
                        score <= 20 ? "Cold" : "Warm",
                        String.valueOf(s.partition),
                        String.valueOf(s.offset))
                + "\n";
    }
}
