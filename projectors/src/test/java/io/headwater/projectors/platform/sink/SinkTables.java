package io.headwater.projectors.platform.sink;

import static org.assertj.core.api.Assertions.assertThat;

import io.headwater.backends.Backend;
import io.headwater.backends.Backends;
import io.headwater.backends.TestBackends;
import io.headwater.projectors.platform.Generation;
import io.headwater.projectors.platform.ProjectorSettings;
import io.headwater.projectors.platform.RowKey;
import io.headwater.schema.AvroSerde;
import io.headwater.schema.SampleEvents;
import io.headwater.schema.SchemaIds;
import io.headwater.schema.Topics;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import javax.sql.DataSource;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.common.TopicPartition;
import org.flywaydb.core.Flyway;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.postgresql.ds.PGSimpleDataSource;
import org.springframework.jdbc.core.simple.JdbcClient;

/// A sink of sessions on a real Postgres, and records for it.
abstract class SinkTables {

    static final AvroSerde<SpecificRecord> SERDE = new AvroSerde<>(SchemaIds.inMemory());
    static Backends backends;
    static DataSource database;
    static JdbcClient jdbc;
    static int generations = 10;

    final List<SinkWriter> writers = new ArrayList<>();
    Generation sessions = new Generation("sessions", 0);

    @BeforeAll
    static void start() {
        backends = TestBackends.shared(Backend.POSTGRES);
        var source = new PGSimpleDataSource();
        source.setUrl(backends.jdbcUrl());
        source.setUser(backends.jdbcUser());
        database = source;
        jdbc = JdbcClient.create(source);
        migrate("ops", "ops");
    }

    @BeforeEach
    void generation() {
        sessions = generation("sessions");
    }

    /// @return a new one, with its tables
    static Generation generation(String projection) {
        var generation = new Generation(projection, generations++);
        migrate(generation.schema(), "generation/" + projection);
        return generation;
    }

    @AfterEach
    void close() throws SQLException {
        for (var writer : writers) {
            writer.close();
        }
    }

    void write(Generation generation, ConsumerRecord<?, ?>... records) throws Exception {
        var writer =
                writer(
                        generation,
                        Topics.view(generation.projection(), 1).records().toArray(Class[]::new));
        Claim claim = writer.claim(generation.viewTopic(), 0, 0);
        var batch = batch(generation, records);
        assertThat(writer.write(batch, List.of(batch.move(claim, 1, 1)))).isEmpty();
    }

    @SafeVarargs
    final SinkWriter writer(Generation generation, Class<? extends SpecificRecord>... rows)
            throws SQLException {
        var writer = new SinkWriter(connect(), generation, List.of(rows), "test");
        writers.add(writer);
        return writer;
    }

    /// As a sink does.
    static Connection connect() throws SQLException {
        var settings = new ProjectorSettings.Postgres(backends.jdbcUrl(), backends.jdbcUser(), "");
        return new SinkConnections(settings).open();
    }

    static Batch batch(Generation generation, ConsumerRecord<?, ?>... records) {
        return batch(generation, Set.of(), records);
    }

    @SuppressWarnings("unchecked")
    static Batch batch(Generation generation, Set<String> parked, ConsumerRecord<?, ?>... records) {
        List<ConsumerRecord<byte[], byte[]>> list = new ArrayList<>();
        for (var record : records) {
            list.add((ConsumerRecord<byte[], byte[]>) record);
        }
        var partition = new TopicPartition(generation.viewTopic(), 0);
        return Batch.of(
                new ConsumerRecords<>(Map.of(partition, list), Map.of()),
                generation.viewTopic(),
                parked,
                SERDE);
    }

    ConsumerRecord<byte[], byte[]> row(String session, int clicks) {
        return record(
                sessions,
                SampleEvents.sessionRow().setSessionId(session).setClicks(clicks).build());
    }

    int offset;

    ConsumerRecord<byte[], byte[]> record(Generation generation, SpecificRecord row) {
        return record(generation, RowKey.of(row), SERDE.serialize("", row));
    }

    ConsumerRecord<byte[], byte[]> undecodable(String session) {
        return record(sessions, "sessions|" + session, bytes("not ours"));
    }

    ConsumerRecord<byte[], byte[]> tombstone(String session) {
        return record(sessions, "sessions|" + session, null);
    }

    ConsumerRecord<byte[], byte[]> record(
            Generation generation, String key, byte @Nullable [] value) {
        return new ConsumerRecord<byte[], byte[]>(
                generation.viewTopic(), 0, offset++, bytes(key), value);
    }

    static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    long count() {
        return jdbc.sql("select count(*) from " + sessions.schema() + ".sessions")
                .query(Long.class)
                .single();
    }

    Map<String, @Nullable Object> position() {
        return jdbc.sql(
                        "select * from ops.projection_position where projection = ? and generation = ?")
                .params(sessions.projection(), sessions.number())
                .query()
                .singleRow();
    }

    /// In place of the one that is live.
    static void publish(Generation generation) {
        jdbc.sql(
                        "update ops.projection set state = 'RETIRING' where projection = ? and state = 'LIVE'")
                .param(generation.projection())
                .update();
        jdbc.sql("select ops.publish(?, ?)")
                .params(generation.projection(), generation.number())
                .query(Integer.class)
                .single();
    }

    static void migrate(String schema, String folder) {
        Flyway.configure()
                .dataSource(database)
                .locations("classpath:db/projectors/" + folder)
                .defaultSchema(schema)
                .createSchemas(true)
                .load()
                .migrate();
    }
}
