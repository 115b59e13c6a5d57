package io.headwater.projectors.platform.bulk;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.headwater.archive.log.KafkaLog;
import io.headwater.backends.Backend;
import io.headwater.backends.Backends;
import io.headwater.backends.TestBackends;
import io.headwater.projectors.Events;
import io.headwater.projectors.History;
import io.headwater.projectors.Platform;
import io.headwater.projectors.Rebuilding;
import io.headwater.projectors.TestPersonal;
import io.headwater.projectors.TopologiesTest;
import io.headwater.projectors.intake.WebhooksProjection;
import io.headwater.projectors.platform.Folds;
import io.headwater.projectors.platform.Generation;
import io.headwater.projectors.platform.Projection;
import io.headwater.projectors.platform.ProjectorSettings;
import io.headwater.projectors.platform.bulk.Progress.Step;
import io.headwater.projectors.platform.lag.LiveLetters;
import io.headwater.projectors.platform.lag.LogEnds;
import io.headwater.schema.AvroSerde;
import io.headwater.schema.Brokers;
import io.headwater.schema.KafkaSecurity;
import io.headwater.schema.SampleEvents;
import io.headwater.schema.Topics;
import java.sql.Connection;
import java.sql.DriverManager;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CancellationException;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.quota.ClientQuotaEntity;
import org.apache.kafka.common.quota.ClientQuotaFilter;
import org.apache.kafka.common.quota.ClientQuotaFilterComponent;
import org.flywaydb.core.Flyway;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.util.unit.DataSize;

/// First rows made in bulk, on a real Kafka and Postgres: broken off at every step and begun anew,
/// then gone on with by Kafka Streams, equal to what Streams made from the first event on.
class BackfillIT {

    private static final Duration LIMIT = Duration.ofMinutes(3);

    private static Backends backends;
    private static Platform platform;
    private static Rebuilding rebuilding;

    /// Where an attempt ends.
    ///
    /// @param reads batches of the log read before
    private record Break(Step step, int reads) {}

    @BeforeAll
    static void start() {
        backends = TestBackends.fresh();
        backends.start(List.of(Backend.KAFKA, Backend.POSTGRES));
        platform =
                new Platform(
                        backends.kafkaBootstrap(), backends.jdbcUrl(), backends.jdbcUser(), "");
        rebuilding = new Rebuilding(platform.jdbc());
    }

    @AfterEach
    void stop() {
        platform.stop();
    }

    @AfterAll
    static void end() {
        platform.close();
        backends.close();
    }

    @Test
    void brokenOffAnywhereItIsMadeAnewAndStreamsGoesOnFromIt() throws Exception {
        // given
        platform.start(Rebuilding.SETTINGS);
        story("before", 60);
        deliveries();
        platform.raw(Topics.LEAD_EVENTS.name(), 0, "before", "no event".getBytes(UTF_8));
        platform.flush();
        await().atMost(LIMIT)
                .ignoreExceptions()
                .until(() -> sessions("before") == 60 && letters("LIVE") == 3);
        platform.stop();

        // when
        List<Generation> made = new ArrayList<>();
        for (var projection : TopologiesTest.projections().toList()) {
            var generation = plan(projection);
            for (var at : made.size() < 2 ? breaks() : breaks().subList(2, 3)) {
                assertThatThrownBy(() -> run(projection, generation, at, 64 << 20))
                        .isInstanceOf(CancellationException.class);
                assertThat(backfill(generation)).isEqualTo("bulk");
            }
            // Half of them with memory for nothing.
            long memory = made.size() % 2 == 0 ? 64 << 20 : 1;
            assertThat(run(projection, generation, null, memory)).isTrue();
            assertThat(backfill(generation)).isEqualTo("handed-over");
            made.add(generation);
        }
        story("after", 30);
        platform.flush();
        platform.start(Rebuilding.SETTINGS);

        // then
        for (var generation : made) {
            rebuilding.awaitState(generation.projection(), generation.number(), "LIVE");
            var report = rebuilding.report(generation.projection(), generation.number());
            assertThat(report.path("equal").asBoolean()).as(report.toString()).isTrue();
        }
        await().atMost(LIMIT)
                .ignoreExceptions()
                .until(() -> sessions("after") == 30 && letters("LIVE") == 3);
        assertThat(
                        rebuilding.all(
                                "select * from ops.projection_position where read <> applied + parked + skipped"))
                .isEmpty();
        made.forEach(generation ->
                assertThat(indexes(generation))
                        .isNotEmpty()
                        .isEqualTo(indexes(new Generation(generation.projection(), 1))));
    }

    @Test
    void anEventThatOnlyTheNewFoldCannotFoldStopsARebuildAndIsNamed() throws Exception {
        // given
        platform.start(Rebuilding.SETTINGS);
        platform.raw(
                Topics.TRACKING_EVENTS.name(), 1, "broken-session", "no event".getBytes(UTF_8));
        platform.flush();
        String letter = "projection = 'traffic' and convert_from(key, 'UTF8') = 'broken-session'";
        await().atMost(LIMIT)
                .ignoreExceptions()
                .until(() -> count("select count(*) from ops.dead_letter where " + letter) > 0);
        int live = rebuilding.live("traffic");
        platform.jdbc().sql("update ops.dead_letter set generation = 0 where " + letter).update();

        // when
        int generation = rebuilding.ask("traffic", "rebuild").generation();
        rebuilding.awaitState("traffic", generation, "FAILED");

        // then
        assertThat(quotas()).containsExactly(64.0 * (1 << 20));
        assertThat(rebuilding.reason("traffic", generation))
                .contains(Topics.TRACKING_EVENTS.name() + " 1 @")
                .contains("key broken-session");
        assertThat(rebuilding.ask("traffic", "retire").accepted()).isTrue();
        rebuilding.awaitState("traffic", generation, "GONE");
        platform.jdbc()
                .sql("update ops.dead_letter set generation = ? where " + letter)
                .param(live)
                .update();
    }

    /// Of the clients that backfill.
    private static List<Double> quotas() throws Exception {
        try (var admin = Admin.create(Map.of("bootstrap.servers", platform.bootstrap()))) {
            return admin
                    .describeClientQuotas(
                            ClientQuotaFilter.contains(
                                    List.of(
                                            ClientQuotaFilterComponent.ofEntityType(
                                                    ClientQuotaEntity.CLIENT_ID))))
                    .entities()
                    .get()
                    .entrySet()
                    .stream()
                    .filter(one ->
                            one.getKey()
                                    .entries()
                                    .getOrDefault(ClientQuotaEntity.CLIENT_ID, "")
                                    .startsWith("backfill-"))
                    .map(one -> one.getValue().get(ReadQuota.NAME))
                    .toList();
        }
    }

    private static List<Break> breaks() {
        return List.of(
                new Break(Step.CLEARING, 0),
                new Break(Step.FOLDING, 0),
                new Break(Step.FOLDING, 1),
                new Break(Step.INDEXING, 0),
                new Break(Step.HANDING_OVER, 0));
    }

    private static void story(String site, int sessions) {
        for (int i = 0; i < sessions; i++) {
            String visitor = site + "-visitor-" + i % 7;
            String session = SampleEvents.session(visitor, i);
            platform.track(session, Events.start(session, visitor, site));
            platform.track(session, Events.viewed(session, 5, "/a"));
            platform.track(session, Events.viewed(session, 60 + i, "/b?q=" + i));
            platform.lead(site, Events.captured(site, i));
            platform.receipt(site, Events.receipt(site, i));
        }
    }

    private static void deliveries() {
        String topic = Topics.INTAKE_WEBHOOKS.name();
        var serde = new AvroSerde<SpecificRecord>(platform.ids());
        for (var one : History.of(new WebhooksProjection(), new Random(1))) {
            platform.raw(
                    topic,
                    Seeds.partitionOf(one.key().getBytes(UTF_8), Platform.PARTITIONS),
                    one.key(),
                    Objects.requireNonNull(serde.serialize(topic, one.event())));
        }
    }

    /// As the leader does when it is asked for a rebuild.
    private static Generation plan(Projection projection) {
        int number =
                platform.jdbc()
                        .sql(
                                """
                                insert into ops.projection (projection, generation, fold_version, state, backfill)
                                select :projection, max(generation) + 1, :version, 'PLANNED', 'bulk'
                                from ops.projection where projection = :projection
                                returning generation\
                                """)
                        .param("projection", projection.name())
                        .param("version", projection.foldVersion())
                        .query(Integer.class)
                        .single();
        return new Generation(projection.name(), number);
    }

    private static boolean run(
            Projection projection, Generation generation, @Nullable Break at, long memory)
            throws Exception {
        var settings =
                new ProjectorSettings(
                        new ProjectorSettings.Kafka(platform.bootstrap(), KafkaSecurity.NONE),
                        new ProjectorSettings.Schemas("", ""),
                        new ProjectorSettings.Postgres(backends.jdbcUrl(), backends.jdbcUser(), ""),
                        platform.folder().resolve("state"),
                        "test",
                        Set.of(),
                        new ProjectorSettings.Streams(
                                Duration.ofMillis(100),
                                DataSize.ofMegabytes(1),
                                DataSize.ofMegabytes(16),
                                0,
                                (short) 1),
                        new ProjectorSettings.Sink(
                                5_000, 100, Duration.ofSeconds(5), Duration.ofMinutes(1)));
        try (var admin = Admin.create(Map.of("bootstrap.servers", platform.bootstrap()));
                Connection connection =
                        DriverManager.getConnection(backends.jdbcUrl(), backends.jdbcUser(), "")) {
            var with =
                    new Backfill.Surroundings(
                            settings,
                            new BulkSettings(true, DataSize.ofBytes(memory), DataSize.ofBytes(0)),
                            platform.ids(),
                            TestPersonal.CLEAR,
                            admin,
                            new KafkaLog(admin, Brokers.at(platform.bootstrap()), "backfill-test"),
                            known(admin),
                            () -> 0,
                            () -> migrate(projection, generation));
            assertThat(BackfillLock.take(connection, generation)).isTrue();
            return new Backfill(projection, generation, with, connection, new Breaking(at)).run();
        }
    }

    private static KnownLetters known(Admin admin) {
        return new KnownLetters(
                new LiveLetters(new LogEnds(admin), platform.jdbc()),
                new Folds(TopologiesTest.projections().toList()),
                platform.jdbc());
    }

    private static void migrate(Projection projection, Generation generation) {
        Flyway.configure()
                .dataSource(backends.jdbcUrl(), backends.jdbcUser(), "")
                .locations("classpath:db/projectors/generation/" + projection.tables())
                .defaultSchema(generation.schema())
                .createSchemas(true)
                .load()
                .migrate();
    }

    private static final class Breaking implements Backfill.Report {
        private final @Nullable Break at;
        private Step step = Step.WAITING;
        private int reads;

        Breaking(@Nullable Break at) {
            this.at = at;
        }

        @Override
        public void begins(Step step) {
            this.step = step;
            breakOff();
        }

        @Override
        public void over(long first, long end) {
            assertThat(end).isGreaterThanOrEqualTo(first);
        }

        @Override
        public void read(long offsets, long timestamp) {
            reads++;
            breakOff();
        }

        private void breakOff() {
            if (at != null && step == at.step() && reads >= at.reads()) {
                throw new CancellationException("broken off in " + step);
            }
        }
    }

    private static String backfill(Generation generation) {
        return platform.jdbc()
                .sql("select backfill from ops.projection where projection = ? and generation = ?")
                .params(generation.projection(), generation.number())
                .query(String.class)
                .single();
    }

    /// Without the name of the schema.
    private static List<@Nullable String> indexes(Generation generation) {
        return platform.jdbc()
                .sql(
                        """
                        select replace(indexdef, schemaname, '') from pg_indexes
                        where schemaname = ? and tablename <> 'flyway_schema_history'
                        order by 1\
                        """)
                .param(generation.schema())
                .query(String.class)
                .list();
    }

    private static long sessions(String site) {
        return platform.jdbc()
                .sql("select count(*) from read.sessions where site_id = ?")
                .param(site)
                .query(Long.class)
                .single();
    }

    /// Of events of leads, in generations of a state.
    private static long letters(String state) {
        return count(
                "select count(*) from ops.dead_letter natural join ops.projection where topic = 'lead.events.v1' and state = '"
                        + state
                        + "'");
    }

    private static long count(String sql) {
        return platform.jdbc().sql(sql).query(Long.class).single();
    }
}
