package io.headwater.projectors;

import static org.assertj.core.api.Assertions.assertThat;

import io.headwater.backends.Backends;
import io.headwater.schema.SampleEvents;
import io.headwater.schema.Topics;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// Views are made again beside live traffic, compared, switched, switched back and dropped.
class RebuildIT extends PlatformFixture {

    /// Events of visits a second, beside the rebuild of every view.
    private static final int LIVE_RATE = 500;

    @RegisterExtension static final OwnBackends OWN = new OwnBackends();

    private static Backends backends;
    private static Platform platform;
    private static Rebuilding rebuilding;

    @BeforeAll
    static void start() {
        backends = OWN.backends();
        platform = OWN.platform();
        rebuilding = new Rebuilding(platform.jdbc());
    }

    @Override
    Platform platform() {
        return platform;
    }

    @Test
    void everyViewIsRebuiltBesideLiveTrafficAndReaders() throws Exception {
        // given
        String site = "rebuilt-live";
        platform.start(Rebuilding.SETTINGS);
        traffic(site, 300);
        for (int i = 0; i < 50; i++) {
            platform.lead(
                    site, SampleEvents.leadCaptured(site + "_" + i, Events.submission(site, i)));
            platform.receipt(site, Events.receipt(site, i));
        }
        platform.flush();
        eventually(() -> assertThat(events(site)).isEqualTo(1_200L));
        Map<String, Integer> before = new TreeMap<>();
        Topics.projections().forEach(name -> before.put(name, rebuilding.live(name)));
        Map<String, Integer> after = new TreeMap<>();

        // when
        try (var live = new LiveTraffic(platform, site + "-live", LIVE_RATE);
                var readers = new SteadyReaders(backends.jdbcUrl(), backends.jdbcUser())) {
            long begunNanos = System.nanoTime();
            for (String name : before.keySet()) {
                after.put(name, rebuilding.ask(name, "rebuild").generation());
            }
            after.forEach((name, generation) -> rebuilding.awaitState(name, generation, "LIVE"));
            System.out.println("RebuildIT: all live after ms " + millisSince(begunNanos));

            // then
            before.forEach((name, former) -> {
                int generation = after.getOrDefault(name, 0);
                var report = rebuilding.report(name, generation);
                assertThat(report.path("equal").asBoolean()).as(report.toString()).isTrue();
                assertThat(report.path("against").asInt()).isEqualTo(former);
                assertThat(rebuilding.steps(name, generation))
                        .containsExactly(
                                "PLANNED", "BACKFILL", "CATCHING_UP", "VERIFYING", "READY", "LIVE");
                assertThat(rebuilding.state(name, former)).isEqualTo("RETIRING");
                assertThat(report.path("rows").asLong())
                        .as(name)
                        .isGreaterThanOrEqualTo(name.equals("webhooks") ? 0 : 1);
            });

            // when: back, and forward again
            System.out.println("RebuildIT: rolled back in ms " + rollBack(before));
            System.out.println("RebuildIT: and forward in ms " + rollBack(after));

            // then
            assertThat(live.isRunning()).isTrue();
            double rate = live.rate();
            live.stop();
            System.out.printf(
                    "RebuildIT: %d events a second wanted, %.0f reached, %d in all; %d reads%n",
                    LIVE_RATE, rate, live.events(), readers.reads());
            assertThat(readers.stop()).as("errors of readers").isEmpty();
            assertThat(readers.reads()).isGreaterThan(100);
            assertThat(readers.mixed()).as("reads of two generations").isZero();
            eventually(() -> assertThat(events(site + "-live")).isEqualTo(live.events()));
        }
        long counted = events(site) + events(site + "-live");
        assertThat(counted).isEqualTo(TrackedLog.events(platform, site, site + "-live"));
        eventually(this::allGenerationsBalance);
    }

    @Test
    void aFaultBlocksTheSwitchAndIsNamed() throws Exception {
        // given
        String site = "faulty";
        platform.start(Rebuilding.SETTINGS);
        traffic(site, 40);
        eventually(() -> assertThat(events(site)).isEqualTo(160L));
        eventually(this::sinksAreIdle);
        int live = rebuilding.live("sessions");
        String schema = "sessions_g" + live;
        List<@Nullable String> sessions =
                platform.jdbc()
                        .sql(
                                "select session_id from read.sessions where site_id = ? order by session_id limit 3")
                        .param(site)
                        .query(String.class)
                        .list();
        sql(
                "update %s.sessions set clicks = clicks + 1 where session_id = '%s'",
                schema, sessions.get(0));
        sql("delete from %s.sessions where session_id = '%s'", schema, sessions.get(1));
        sql(
                "create temporary table again as select * from %1$s.sessions where session_id = '%2$s'; update again set session_id = session_id || '-again'; insert into %1$s.sessions select * from again; drop table again",
                schema, sessions.get(2));

        // when
        int generation = rebuilding.ask("sessions", "rebuild").generation();
        rebuilding.awaitState("sessions", generation, "FAILED");

        // then
        assertThat(rebuilding.live("sessions")).isEqualTo(live);
        assertThat(rebuilding.reason("sessions", generation)).startsWith("3 rows differ");
        var report = rebuilding.report("sessions", generation);
        assertThat(report.path("equal").asBoolean()).isFalse();
        var table = report.path("tables").get(0);
        assertThat(table.path("differences").path("total").asInt()).isEqualTo(3);
        assertThat(table.path("differences").path("listed").toString())
                .contains(
                        "{\"key\":\"%s\",\"kind\":\"changed\",\"columns\":[\"clicks\"]}"
                                .formatted(sessions.get(0)))
                .contains("{\"key\":\"%s\",\"kind\":\"only-candidate\"".formatted(sessions.get(1)))
                .contains(
                        "{\"key\":\"%s-again\",\"kind\":\"only-live\"".formatted(sessions.get(2)));

        // when: whoever knows that the live view is wrong says so
        int right =
                rebuilding.ask("sessions", "rebuild", "{\"expected\":[\"sessions\"]}").generation();
        rebuilding.awaitState("sessions", right, "LIVE");

        // then
        assertThat(
                        platform.jdbc()
                                .sql(
                                        "select count(*) from read.sessions where site_id = ? and session_id like '%-again'")
                                .param(site)
                                .query(Long.class)
                                .single())
                .isZero();
        assertThat(events(site)).isEqualTo(160L);
        assertThat(rebuilding.ask("sessions", "retire").accepted()).isTrue();
        rebuilding.awaitState("sessions", generation, "GONE");
        rebuilding.awaitState("sessions", live, "GONE");
    }

    @Test
    void aScratchRebuildProvesTheLiveViewAndLeavesNothing() throws Exception {
        // given
        String site = "scratch";
        platform.start(Rebuilding.SETTINGS);
        traffic(site, 40);
        eventually(() -> assertThat(events(site)).isEqualTo(160L));
        int live = rebuilding.live("traffic");

        // when
        int scratch = rebuilding.ask("traffic", "verify").generation();
        rebuilding.awaitState("traffic", scratch, "GONE");

        // then
        assertThat(rebuilding.report("traffic", scratch).path("equal").asBoolean()).isTrue();
        assertThat(rebuilding.steps("traffic", scratch))
                .containsExactly(
                        "PLANNED", "BACKFILL", "CATCHING_UP", "VERIFYING", "RETIRING", "GONE");
        assertThat(rebuilding.live("traffic")).isEqualTo(live);
        assertThat(
                        rebuilding.all(
                                "select nspname from pg_namespace where nspname = 'traffic_g"
                                        + scratch
                                        + "'"))
                .isEmpty();
        assertThat(
                        rebuilding.all(
                                "select 1 from ops.projection_position where projection = 'traffic' and generation = "
                                        + scratch))
                .isEmpty();
        try (var admin = admin()) {
            assertThat(admin.listTopics().names().get())
                    .noneMatch(topic -> topic.contains("traffic") && topic.contains("g" + scratch));
            assertThat(admin.listGroups().all().get())
                    .noneMatch(group -> group.groupId().endsWith("-traffic-g" + scratch));
        }
        assertThat(platform.folder().resolve("state").resolve("projector-traffic-g" + scratch))
                .doesNotExist();
    }

    @Test
    void aRowThatCannotBeWrittenStopsARebuildAndNamesIt() throws Exception {
        // given
        String site = "poisoned";
        platform.start(Rebuilding.SETTINGS);
        String bad = SampleEvents.session("visitor-of-poisoned", 1);
        traffic(site, 40);
        platform.track(bad, Events.start(bad, "visitor-of-poisoned", site));
        platform.flush();
        eventually(() ->
                assertThat(one("select count(*) n from read.sessions where site_id = ?", site))
                        .containsEntry("n", 41L));
        int live = rebuilding.live("sessions");

        // when
        int generation = rebuilding.ask("sessions", "rebuild", "{\"max_rate\":20}").generation();
        eventually(() ->
                sql(
                        "alter table sessions_g%d.sessions add constraint no_poison check (session_id <> '%s')",
                        generation, bad));
        rebuilding.awaitState("sessions", generation, "FAILED");

        // then
        assertThat(rebuilding.reason("sessions", generation)).contains(bad).contains("23514");
        assertThat(rebuilding.live("sessions")).isEqualTo(live);
        assertThat(rebuilding.ask("sessions", "retire").accepted()).isTrue();
        rebuilding.awaitState("sessions", generation, "GONE");
    }

    @Test
    void whatCannotBeDoneIsRefusedByName() throws Exception {
        platform.start(Rebuilding.SETTINGS);
        eventually(() -> assertThat(status("webhooks")).containsEntry("health", "RUNNING"));

        assertThat(rebuilding.ask("nothing", "rebuild").code()).isEqualTo("unknown-projection");
        assertThat(rebuilding.ask("webhooks", "retire", "{\"generation\":99}").code())
                .isEqualTo("unknown-generation");
        assertThat(
                        rebuilding
                                .ask(
                                        "webhooks",
                                        "retire",
                                        "{\"generation\":" + rebuilding.live("webhooks") + "}")
                                .code())
                .isEqualTo("generation-live");
        int running = rebuilding.ask("webhooks", "rebuild").generation();
        assertThat(rebuilding.ask("webhooks", "verify").code()).isEqualTo("rebuild-running");

        // given up
        assertThat(
                        rebuilding
                                .ask("webhooks", "retire", "{\"generation\":" + running + "}")
                                .accepted())
                .isTrue();
        rebuilding.awaitState("webhooks", running, "GONE");
        rebuilding.ask("webhooks", "retire");
        eventually(() ->
                assertThat(rebuilding.ask("webhooks", "rollback").code())
                        .isEqualTo("nothing-to-roll-back-to"));
        assertThat(rebuilding.ask("webhooks", "retire").code()).isEqualTo("nothing-to-retire");
    }

    @Test
    void aSwitchWaitsForAReaderAndARollBackThatWaitsInVainIsRefused() throws Exception {
        // given
        platform.start(Rebuilding.SETTINGS);
        eventually(() -> assertThat(rebuilding.live("lead_volume")).isPositive());
        int former = rebuilding.live("lead_volume");

        // when
        int now;
        try (var reader = reader()) {
            reader.createStatement().execute("select from read.lead_volume_15m");
            now = rebuilding.ask("lead_volume", "rebuild").generation();
            rebuilding.awaitState("lead_volume", now, "READY");
            assertThat(rebuilding.ask("nothing", "rebuild").code())
                    .as("other requests are answered meanwhile")
                    .isEqualTo("unknown-projection");
            assertThat(rebuilding.state("lead_volume", now)).isEqualTo("READY");
        }

        // then
        rebuilding.awaitState("lead_volume", now, "LIVE");

        // when
        try (var reader = reader()) {
            reader.createStatement().execute("select from read.lead_volume_15m");
            assertThat(rebuilding.ask("lead_volume", "rollback").code()).isEqualTo("views-in-use");
        }

        // then
        assertThat(rebuilding.live("lead_volume")).isEqualTo(now);
        assertThat(rebuilding.ask("lead_volume", "rollback").generation()).isEqualTo(former);

        // when
        int newest = rebuilding.ask("lead_volume", "rebuild").generation();
        rebuilding.awaitState("lead_volume", newest, "LIVE");

        // then
        assertThat(rebuilding.ask("lead_volume", "rollback").generation())
                .as("the one replaced last, not the one made last")
                .isEqualTo(former);
    }

    @Test
    void aViewTopicThatSomebodyReadsIsNotDropped() throws Exception {
        // given
        platform.start(Rebuilding.SETTINGS);
        eventually(() -> assertThat(rebuilding.live("intake")).isPositive());
        int former = rebuilding.live("intake");
        int now = rebuilding.ask("intake", "rebuild").generation();
        rebuilding.awaitState("intake", now, "LIVE");
        var group = "reader-of-intake";
        var partition = new TopicPartition("view.intake.g" + former, 0);
        try (var admin = admin()) {
            admin.alterConsumerGroupOffsets(group, Map.of(partition, new OffsetAndMetadata(0)))
                    .all()
                    .get();

            // when
            rebuilding.ask("intake", "retire");

            // then
            eventually(() -> assertThat(rebuilding.reason("intake", former)).contains(group));
            assertThat(rebuilding.state("intake", former)).isEqualTo("RETIRING");
            admin.deleteConsumerGroups(List.of(group)).all().get();
        }
        rebuilding.awaitState("intake", former, "GONE");
    }

    @Test
    void aGenerationWhoseFoldIsGoneIsNotRun() throws Exception {
        // given
        platform.start(Rebuilding.SETTINGS);
        eventually(() -> assertThat(status("leads")).containsEntry("health", "RUNNING"));
        platform.stop();
        sql("update ops.projection set fold_version = fold_version - 1 where projection = 'leads'");

        // when
        platform.start(Rebuilding.SETTINGS);

        // then
        try {
            eventually(() ->
                    assertThat(platform.health())
                            .contains("of which the code is gone")
                            .contains("\"status\":\"DOWN\""));
        } finally {
            sql(
                    "update ops.projection set fold_version = fold_version + 1 where projection = 'leads'");
        }
        eventually(() -> assertThat(platform.health()).startsWith("{\"status\":\"UP\""));
    }

    /// @param expected generation that is live after it, by projection
    /// @return milliseconds from the request to the answer, by projection
    private static Map<String, Long> rollBack(Map<String, Integer> expected) {
        var millis = new TreeMap<String, Long>();
        expected.forEach((name, generation) -> {
            long begunNanos = System.nanoTime();
            assertThat(rebuilding.ask(name, "rollback").generation()).isEqualTo(generation);
            millis.put(name, millisSince(begunNanos));
            assertThat(rebuilding.live(name)).isEqualTo(generation);
        });
        return millis;
    }

    private static long millisSince(long nanos) {
        return (System.nanoTime() - nanos) / 1_000_000;
    }

    private void allGenerationsBalance() {
        assertThat(
                        rebuilding.all(
                                "select * from ops.projection_position where read <> applied + parked + skipped"))
                .isEmpty();
    }

    private void sinksAreIdle() {
        assertThat(
                        rebuilding.all(
                                "select * from ops.projection where runs and (source_lag > 0 or sink_lag > 0 or heartbeat < now() - interval '5 s')"))
                .isEmpty();
    }

    private static void sql(String sql, @Nullable Object... parts) {
        platform.jdbc().sql(sql.formatted(parts)).update();
    }

    /// Whose locks last until it is closed.
    private static Connection reader() throws SQLException {
        var reader = DriverManager.getConnection(backends.jdbcUrl(), backends.jdbcUser(), "");
        reader.setAutoCommit(false);
        return reader;
    }

    private static Admin admin() {
        return Admin.create(Map.<String, Object>of("bootstrap.servers", platform.bootstrap()));
    }
}
