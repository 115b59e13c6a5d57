package io.headwater.projectors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.headwater.backends.Backends;
import io.headwater.schema.Topics;
import io.headwater.vault.Erasures;
import io.headwater.vault.KekFile;
import io.headwater.vault.KeyLinks.Link;
import io.headwater.vault.KeyVault;
import io.headwater.vault.Owner;
import io.headwater.vault.ReadLog.Forgotten;
import io.headwater.vault.ReadLog.Learned;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.postgresql.ds.PGSimpleDataSource;

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
            platform.lead(site, Events.captured(site, i));
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

    /// The live tables still show what a generation that was loaded since cannot open.
    @Test
    void itIsComparedWhenNobodyIsHalfForgotten() throws Exception {
        // given
        String lead = "half-forgotten_1";
        var kek = platform.folder().resolve("kek.json").toUri().toString();
        var settings = new ArrayList<>(List.of(Rebuilding.SETTINGS));
        settings.add("--headwater.vault.kek=" + kek);
        // Until then nobody is cleared from the tables.
        settings.add("--headwater.vault.key-life=1h");
        platform.start(settings.toArray(String[]::new));
        platform.lead("half-forgotten", Events.captured("half-forgotten", 1));
        platform.flush();
        String shown = "select first_name from %s.leads where lead_id = '" + lead + "'";
        String live = "leads_g" + rebuilding.live("leads");
        eventually(() -> assertThat(rebuilding.all(shown.formatted(live))).hasSize(1));
        platform.jdbc()
                .sql("update %s.leads set first_name = 'shown' where lead_id = ?".formatted(live))
                .param(lead)
                .update();
        var erasures = keysDestroyed(lead, kek);

        // when
        int generation = rebuilding.ask("leads", "rebuild").generation();
        rebuilding.awaitState("leads", generation, "VERIFYING");

        // then
        await().during(Duration.ofSeconds(2))
                .until(() -> rebuilding.state("leads", generation).equals("VERIFYING"));

        // when
        platform.jdbc()
                .sql(
                        "update %s.leads set first_name = (%s) where lead_id = ?"
                                .formatted(live, shown.formatted("leads_g" + generation)))
                .param(lead)
                .update();
        erasures.done(lead, Erasures.TABLES, 1);

        // then
        rebuilding.awaitState("leads", generation, "LIVE");
    }

    private static Erasures keysDestroyed(String lead, String kek) {
        var vault = new PGSimpleDataSource();
        vault.setUrl(backends.jdbcUrl());
        vault.setUser(KeyVault.ROLE);
        new KeyVault(vault, KekFile.at(kek)).open();
        var erasures = new Erasures(vault);
        erasures.log()
                .learn(
                        new Learned(
                                List.of(new Link(new Owner("lead", lead), "key-of-" + lead)),
                                Map.of(),
                                List.of(
                                        new Forgotten(
                                                lead, "main", "hand", "system", Instant.now())),
                                Set.of(),
                                List.of()));
        assertThat(erasures.destroy(lead)).hasSize(1);
        return erasures;
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

    private static Admin admin() {
        return Admin.create(Map.<String, Object>of("bootstrap.servers", platform.bootstrap()));
    }
}
