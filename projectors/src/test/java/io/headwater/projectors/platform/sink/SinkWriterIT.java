package io.headwater.projectors.platform.sink;

import static io.headwater.schema.SampleEvents.NOON;
import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.headwater.backends.Backend;
import io.headwater.backends.Backends;
import io.headwater.backends.TestBackends;
import io.headwater.projectors.platform.Generation;
import io.headwater.projectors.platform.ProjectorSettings;
import io.headwater.projectors.platform.RowKey;
import io.headwater.schema.AvroSerde;
import io.headwater.schema.PersonalData;
import io.headwater.schema.SampleEvents;
import io.headwater.schema.SchemaIds;
import io.headwater.schema.Topics;
import io.headwater.views.LeadRow;
import io.headwater.views.ProviderFactRow;
import io.headwater.views.SessionRow;
import io.headwater.views.SubmissionRow;
import io.headwater.views.TrafficRow;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import javax.sql.DataSource;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.common.TopicPartition;
import org.flywaydb.core.Flyway;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.postgresql.ds.PGSimpleDataSource;
import org.springframework.jdbc.core.simple.JdbcClient;

/// One transaction of the sink against a real Postgres: guard, rows, accounting.
class SinkWriterIT {

    private static final AvroSerde<SpecificRecord> SERDE = new AvroSerde<>(SchemaIds.inMemory());
    private static Backends backends;
    private static DataSource database;
    private static JdbcClient jdbc;
    private static int generations = 10;

    private final List<SinkWriter> writers = new ArrayList<>();
    private Generation sessions = new Generation("sessions", 0);

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
        sessions = new Generation("sessions", generations++);
        migrate(sessions.schema(), "generation/sessions");
    }

    @AfterEach
    void close() throws SQLException {
        for (var writer : writers) {
            writer.close();
        }
    }

    @Test
    void zombieWritesNothingAndIsCounted() throws Exception {
        // given
        var zombie = writer(sessions, SessionRow.class);
        Claim old = zombie.claim(sessions.viewTopic(), 0, 0);
        var owner = writer(sessions, SessionRow.class);
        Claim mine = owner.claim(sessions.viewTopic(), 0, 0);
        var batch = batch(sessions, row("a", 1), row("b", 1));

        // when
        assertThatThrownBy(() -> zombie.write(batch, List.of(batch.move(old, 2, 2))))
                .isInstanceOf(FencedException.class);
        owner.write(batch, List.of(batch.move(mine, 2, 2)));

        // then
        assertThat(mine.epoch()).isEqualTo(old.epoch() + 1);
        assertThat(count()).isEqualTo(2);
        assertThat(position())
                .containsEntry("next_offset", 2L)
                .containsEntry("read", 2L)
                .containsEntry("applied", 2L)
                .containsEntry("fenced", 1L);
    }

    @Test
    void sameBatchTwiceIsRefusedTheSecondTime() throws Exception {
        var writer = writer(sessions, SessionRow.class);
        Claim claim = writer.claim(sessions.viewTopic(), 0, 0);
        var batch = batch(sessions, row("a", 1));
        writer.write(batch, List.of(batch.move(claim, 1, 1)));

        assertThatThrownBy(() -> writer.write(batch, List.of(batch.move(claim, 1, 1))))
                .isInstanceOf(FencedException.class);
        assertThat(position()).containsEntry("applied", 1L);
    }

    @Test
    void newestRecordOfAKeyWinsAndATombstoneDeletes() throws Exception {
        // given
        var writer = writer(sessions, SessionRow.class);
        Claim claim = writer.claim(sessions.viewTopic(), 0, 0);
        var first = batch(sessions, row("a", 1), row("b", 1), row("a", 2));

        // when
        writer.write(first, List.of(first.move(claim, 3, 3)));
        var second = batch(sessions, row("b", 9), tombstone("a"));
        writer.write(second, List.of(second.move(claim.at(3), 5, 5)));

        // then
        assertThat(
                        jdbc.sql(
                                        "select session_id, clicks from "
                                                + sessions.schema()
                                                + ".sessions")
                                .query()
                                .listOfRows())
                .containsExactly(Map.of("session_id", "b", "clicks", 9));
        assertThat(position()).containsEntry("read", 5L).containsEntry("applied", 5L);
    }

    @Test
    void poisonIsParkedWithWhatFollowsOnItsKey() throws Exception {
        // given
        jdbc.sql("alter table " + sessions.schema() + ".sessions add check (clicks < 100)")
                .update();
        var writer = writer(sessions, SessionRow.class);
        Claim claim = writer.claim(sessions.viewTopic(), 0, 0);
        var records = new ArrayList<ConsumerRecord<byte[], byte[]>>();
        for (int i = 0; i < 500; i++) {
            records.add(row("s" + i, i == 77 || i == 401 ? 100 : 1));
        }
        var first = batch(sessions, records.toArray(ConsumerRecord[]::new));

        // when
        var poison = writer.write(first, List.of(first.move(claim, 500, 500)));
        Set<String> keys = new HashSet<>();
        poison.forEach(parked -> keys.add(parked.key()));
        var second = batch(sessions, keys, row("s77", 1), row("s78", 2), undecodable("s79"));
        writer.write(second, List.of(second.move(claim.at(500), 503, 503)));

        // then
        assertThat(keys).containsExactlyInAnyOrder("sessions|s77", "sessions|s401");
        assertThat(writer.parkedKeys())
                .containsExactlyInAnyOrder("sessions|s77", "sessions|s401", "sessions|s79");
        assertThat(count()).isEqualTo(498);
        assertThat(position())
                .containsEntry("read", 503L)
                .containsEntry("applied", 499L)
                .containsEntry("parked", 4L);
    }

    @Test
    void keyTooLongForAnIndexIsParked() throws Exception {
        // given: more than an index entry holds, and not compressible
        var random = new Random(7);
        String id = random.ints(6_000, 'a', 'z').mapToObj(Character::toString).collect(joining());
        var writer = writer(sessions, SessionRow.class);
        Claim claim = writer.claim(sessions.viewTopic(), 0, 0);
        var batch = batch(sessions, row("a", 1), row(id, 1), row("b", 1));

        // when
        var poison = writer.write(batch, List.of(batch.move(claim, 3, 3)));

        // then
        assertThat(poison).extracting(Parking.Parked::state).containsExactly("54000");
        assertThat(writer.parkedKeys()).containsExactly("sessions|" + id);
        assertThat(count()).isEqualTo(2);
    }

    @Test
    void recordThatCannotBeParkedIsNotTriedForEver() throws Exception {
        // given
        jdbc.sql("alter table " + sessions.schema() + ".sessions add check (clicks < 100)")
                .update();
        jdbc.sql(
                        "alter table ops.parked add constraint no_room check (row_key <> 'sessions|unparkable')")
                .update();
        var writer = writer(sessions, SessionRow.class);
        Claim claim = writer.claim(sessions.viewTopic(), 0, 0);
        var batch = batch(sessions, row("unparkable", 100));

        // when
        try {
            assertThatThrownBy(() -> writer.write(batch, List.of(batch.move(claim, 1, 1))))
                    .isInstanceOf(UnparkableException.class)
                    .hasMessageContaining("23514");
        } finally {
            writer.close();
            jdbc.sql("alter table ops.parked drop constraint no_room").update();
        }

        // then
        assertThat(position()).containsEntry("next_offset", 0L);
    }

    @Test
    void everyTypeOfColumnComesThrough() throws Exception {
        // given
        var leads = new Generation("leads", generations++);
        migrate(leads.schema(), "generation/leads");
        var traffic = new Generation("traffic", generations++);
        migrate(traffic.schema(), "generation/traffic");
        var lead = SampleEvents.filled(LeadRow.class);
        lead.put(
                lead.getSchema().getField("email").pos(),
                PersonalData.sealed("zoë\0@example.org 😀 \uD83D"));
        var submission = SampleEvents.filled(SubmissionRow.class);
        var fact = SampleEvents.filled(ProviderFactRow.class);
        for (var row : List.of(submission, fact)) {
            row.getSchema().getFields().stream()
                    .filter(field -> field.schema().toString().contains("Pii"))
                    .forEach(field -> row.put(field.pos(), null));
        }
        for (String name :
                List.of("first_name", "last_name", "phone", "message", "user_ip", "user_agent")) {
            lead.put(lead.getSchema().getField(name).pos(), null);
        }
        var bucket = new TrafficRow("main", NOON, "a|b", "", "ES", "x\\y", 1L, 2L, 3L, 4L, 0, 5L);

        // when
        write(leads, record(leads, lead), record(leads, submission), record(leads, fact));
        write(traffic, record(traffic, bucket));

        // then
        assertThat(jdbc.sql("select * from " + leads.schema() + ".leads").query().singleRow())
                .containsEntry("email", "zoë@example.org 😀 ?")
                .containsEntry("phone", null)
                .containsEntry("status", "the status")
                .containsEntry("version", 9_007_199_254_740_993L + "version".length());
        assertThat(
                        jdbc.sql(
                                        "select suspicion_reasons[1] || ', ' || (crm_ids ->> 'crm_ids') from "
                                                + leads.schema()
                                                + ".leads")
                                .query(String.class)
                                .single())
                .isEqualTo("the suspicion_reasons, the crm_ids");
        assertThat(
                        jdbc.sql(
                                        "select time_to_submit_seconds, received_at from "
                                                + leads.schema()
                                                + ".submissions")
                                .query((row, number) ->
                                        row.getDouble(1)
                                                + " "
                                                + row.getObject(2, OffsetDateTime.class)
                                                        .toInstant())
                                .single())
                .isEqualTo("22.1 " + NOON.plusMillis("received_at".length()));
        assertThat(
                        jdbc.sql(
                                        "select test, amount_minor from "
                                                + leads.schema()
                                                + ".provider_facts")
                                .query()
                                .singleRow())
                .containsEntry("test", true)
                .containsEntry("amount_minor", 9_007_199_254_740_993L + 12);
        assertThat(
                        jdbc.sql(
                                        "select source, campaign, device, clicks from "
                                                + traffic.schema()
                                                + ".traffic_15m where bucket = '2026-11-20T12:00:00Z'")
                                .query()
                                .singleRow())
                .isEqualTo(Map.of("source", "a|b", "campaign", "", "device", "x\\y", "clicks", 4L));

        // when
        var gone =
                new ConsumerRecord<byte[], byte[]>(
                        traffic.viewTopic(), 0, 1, bytes(RowKey.of(bucket)), null);
        var writer = writer(traffic, TrafficRow.class);
        Claim claim = writer.claim(traffic.viewTopic(), 0, 0);
        var batch = batch(traffic, gone);
        writer.write(batch, List.of(batch.move(claim, claim.next() + 1, 2)));

        // then
        assertThat(
                        jdbc.sql("select count(*) from " + traffic.schema() + ".traffic_15m")
                                .query(Long.class)
                                .single())
                .isZero();
    }

    @Test
    void columnsAreThoseOfTheRecords() {
        for (String projection : Topics.projections()) {
            var generation = new Generation(projection, generations++);
            migrate(generation.schema(), "generation/" + projection);
            for (var type : Topics.view(projection, 1).records()) {
                var schema = SpecificData.get().getSchema(type);
                List<@Nullable String> columns =
                        jdbc.sql(
                                        "select column_name || ' ' || data_type || ' ' || is_nullable from information_schema.columns where table_schema = ? and table_name = ? order by ordinal_position")
                                .param(generation.schema())
                                .param(RowKey.table(schema))
                                .query(String.class)
                                .list();
                assertThat(columns)
                        .containsExactlyElementsOf(
                                schema.getFields().stream()
                                        .map(field ->
                                                field.name()
                                                        + " "
                                                        + new Column(field)
                                                                .sqlType()
                                                                .replace(
                                                                        "timestamptz",
                                                                        "timestamp with time zone")
                                                                .replace("text[]", "ARRAY")
                                                        + (field.schema().isNullable()
                                                                ? " YES"
                                                                : " NO"))
                                        .toList());
            }
        }
    }

    @Test
    void viewsMoveToAnotherGenerationAtOnce() {
        // given
        var next = new Generation("sessions", generations++);
        migrate(next.schema(), "generation/sessions");
        for (var generation : List.of(sessions, next)) {
            jdbc.sql(
                            "insert into ops.projection (projection, generation, fold_version, state) values (?, ?, 1, 'READY')")
                    .params(generation.projection(), generation.number())
                    .update();
        }

        // when
        publish(sessions);
        publish(next);
        publish(sessions);

        // then
        assertThat(
                        jdbc.sql(
                                        "select table_schema::text from information_schema.view_table_usage where view_schema = 'read' and view_name = 'sessions'")
                                .query(String.class)
                                .single())
                .isEqualTo(sessions.schema());
        assertThat(
                        jdbc.sql(
                                        "select has_table_privilege('headwater_query', 'read.sessions', 'select') and not has_table_privilege('headwater_query', 'read.sessions', 'update')")
                                .query(Boolean.class)
                                .single())
                .isTrue();
    }

    private void write(Generation generation, ConsumerRecord<?, ?>... records) throws Exception {
        var writer =
                writer(
                        generation,
                        Topics.view(generation.projection(), 1).records().toArray(Class[]::new));
        Claim claim = writer.claim(generation.viewTopic(), 0, 0);
        var batch = batch(generation, records);
        assertThat(writer.write(batch, List.of(batch.move(claim, 1, 1)))).isEmpty();
    }

    @SafeVarargs
    private SinkWriter writer(Generation generation, Class<? extends SpecificRecord>... rows)
            throws SQLException {
        var settings = new ProjectorSettings.Postgres(backends.jdbcUrl(), backends.jdbcUser(), "");
        Connection connection = new SinkConnections(settings).open();
        var writer = new SinkWriter(connection, generation, List.of(rows), "test");
        writers.add(writer);
        return writer;
    }

    private static Batch batch(Generation generation, ConsumerRecord<?, ?>... records) {
        return batch(generation, Set.of(), records);
    }

    @SuppressWarnings("unchecked")
    private static Batch batch(
            Generation generation, Set<String> parked, ConsumerRecord<?, ?>... records) {
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

    private ConsumerRecord<byte[], byte[]> row(String session, int clicks) {
        return record(
                sessions,
                SampleEvents.sessionRow().setSessionId(session).setClicks(clicks).build());
    }

    private int offset;

    private ConsumerRecord<byte[], byte[]> record(Generation generation, SpecificRecord row) {
        return record(generation, RowKey.of(row), SERDE.serialize("", row));
    }

    private ConsumerRecord<byte[], byte[]> undecodable(String session) {
        return record(sessions, "sessions|" + session, bytes("not ours"));
    }

    private ConsumerRecord<byte[], byte[]> tombstone(String session) {
        return record(sessions, "sessions|" + session, null);
    }

    private ConsumerRecord<byte[], byte[]> record(
            Generation generation, String key, byte @Nullable [] value) {
        return new ConsumerRecord<byte[], byte[]>(
                generation.viewTopic(), 0, offset++, bytes(key), value);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private long count() {
        return jdbc.sql("select count(*) from " + sessions.schema() + ".sessions")
                .query(Long.class)
                .single();
    }

    private Map<String, @Nullable Object> position() {
        return jdbc.sql(
                        "select * from ops.projection_position where projection = ? and generation = ?")
                .params(sessions.projection(), sessions.number())
                .query()
                .singleRow();
    }

    private static void publish(Generation generation) {
        jdbc.sql("select ops.publish(?, ?)")
                .params(generation.projection(), generation.number())
                .query(Integer.class)
                .single();
    }

    private static void migrate(String schema, String folder) {
        Flyway.configure()
                .dataSource(database)
                .locations("classpath:db/projectors/" + folder)
                .defaultSchema(schema)
                .createSchemas(true)
                .load()
                .migrate();
    }
}
