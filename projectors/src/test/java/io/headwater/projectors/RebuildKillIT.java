package io.headwater.projectors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.headwater.backends.Backend;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.extension.RegisterExtension;

/// `kill -9` of the projectors while they rebuild the additive view beside live traffic: whatever
/// step it hits, the rebuild goes on, compares equal, and every event counts once.
///
/// `-Dheadwater.fault.kills=N` and `-Dheadwater.fault.seed=S` choose and repeat a run.
class RebuildKillIT extends PlatformFixture {

    private static final int KILLS = Integer.getInteger("headwater.fault.kills", 1);
    private static final int BACKEND_KILLS = Integer.getInteger("headwater.fault.kills", 2);
    private static final List<String> STATES =
            List.of("PLANNED", "BACKFILL", "CATCHING_UP", "VERIFYING", "READY", "LIVE");

    @RegisterExtension static final OwnBackends OWN = new OwnBackends();

    private static Platform platform;
    private static Rebuilding rebuilding;

    @BeforeAll
    static void start() {
        platform = OWN.platform();
        rebuilding = new Rebuilding(platform.jdbc());
    }

    @Override
    Platform platform() {
        return platform;
    }

    @Test
    void killedInAnyStateItGoesOnAndCountsEverythingOnce() throws Exception {
        // given
        long seed = Long.getLong("headwater.fault.seed", System.nanoTime());
        System.out.println("RebuildKillIT: seed " + seed + ", kills " + KILLS);
        var random = new Random(seed);
        String site = "killed";
        List<String> hits = new ArrayList<>();
        try (var projectors = projectors("kill-1");
                var live = new LiveTraffic(platform, site)) {
            projectors.launch();
            eventually(() -> assertThat(events(site)).isPositive());
            int generation = ask();

            // when
            int offset = random.nextInt(STATES.size());
            for (int kill = 0; kill < KILLS; kill++) {
                if (!isOnItsWay(generation)) {
                    generation = ask();
                }
                String wanted = STATES.get((offset + kill) % STATES.size());
                awaitAtLeast(generation, wanted);
                hits.add(rebuilding.state("traffic", generation));
                projectors.kill();
                assertThat(events(site)).as("events in the tables").isLessThan(live.events());
                projectors.launch();
            }
            assertThat(live.isRunning()).isTrue();
            live.stop();
            rebuilding.awaitState("traffic", generation, "LIVE");

            // then
            eventually(() -> assertThat(events(site)).isEqualTo(live.events()));
            int proof = rebuilding.ask("traffic", "verify").generation();
            rebuilding.awaitState("traffic", proof, "GONE");
            assertThat(rebuilding.report("traffic", proof).path("equal").asBoolean()).isTrue();
            eventually(() ->
                    assertThat(
                                    rebuilding.all(
                                            "select * from ops.projection_position where read <> applied + parked + skipped or parked > 0"))
                            .isEmpty());
        }
        System.out.println("RebuildKillIT: killed in " + hits);
        assertThat(hits).hasSize(KILLS);
    }

    /// Readers ask Postgres itself, so its death is one of theirs, too.
    @Test
    @EnabledIfSystemProperty(named = "headwater.full", matches = "true")
    void kafkaAndPostgresKilledInAnyStateItGoesOnAndCountsEverythingOnce() throws Exception {
        // given
        long seed = Long.getLong("headwater.fault.seed", System.nanoTime());
        System.out.println("RebuildKillIT, back ends: seed " + seed + ", kills " + BACKEND_KILLS);
        var random = new Random(seed);
        String site = "back-ends";
        List<String> hits = new ArrayList<>();
        try (var projectors = projectors("back-ends-1");
                var live = new LiveTraffic(platform, site)) {
            projectors.launch();
            eventually(() -> assertThat(events(site)).isPositive());
            int generation = ask();

            // when: both in turn, each through all states
            int offset = random.nextInt(STATES.size());
            for (int kill = 0; kill < BACKEND_KILLS; kill++) {
                if (!isOnItsWay(generation)) {
                    generation = ask();
                }
                awaitAtLeast(generation, STATES.get((offset + kill / 2) % STATES.size()));
                var victim = kill % 2 == 0 ? Backend.KAFKA : Backend.POSTGRES;
                hits.add(victim + " in " + rebuilding.state("traffic", generation));
                OWN.backends().kill(victim);
                OWN.backends().start(victim);
                long atRestart = events(site);
                eventually(() -> assertThat(events(site)).isGreaterThan(atRestart));
            }
            assertThat(live.isRunning()).isTrue();
            live.stop();
            rebuilding.awaitState("traffic", generation, "LIVE");

            // then
            eventually(() -> assertThat(events(site)).isEqualTo(live.events()));
            int proof = rebuilding.ask("traffic", "verify").generation();
            rebuilding.awaitState("traffic", proof, "GONE");
            assertThat(rebuilding.report("traffic", proof).path("equal").asBoolean()).isTrue();
            assertThat(events(site)).isEqualTo(TopicCount.of(platform, site).events());
        }
        System.out.println("RebuildKillIT: killed " + hits);
        assertThat(hits).hasSize(BACKEND_KILLS);
    }

    @Test
    @EnabledIfSystemProperty(named = "headwater.full", matches = "true")
    void aFrozenOwnerIsReplacedAndDoesNoHarmWhenItWakesUp() throws Exception {
        // given
        String site = "frozen";
        try (var first = projectors("frozen-1");
                var second = projectors("frozen-2");
                var live = new LiveTraffic(platform, site)) {
            first.launch();
            eventually(() -> assertThat(events(site)).isPositive());

            // when: longer than its session
            first.signal("STOP");
            second.launch();
            long atFreeze = events(site);
            eventually(() -> assertThat(events(site)).isGreaterThan(atFreeze));
            first.signal("CONT");
            long atThaw = events(site);
            eventually(() -> assertThat(events(site)).isGreaterThan(atThaw));
            live.stop();

            // then
            eventually(() -> assertThat(events(site)).isEqualTo(live.events()));
            assertThat(
                            rebuilding.all(
                                    "select * from ops.projection_position where read <> applied + parked + skipped"))
                    .isEmpty();
        }
    }

    private static ProjectorsProcess projectors(String name) {
        List<String> settings = new ArrayList<>(List.of(Rebuilding.SETTINGS));
        settings.add("--headwater.projections=traffic");
        settings.add("--headwater.rebuild.cut-limit=20s");
        return new ProjectorsProcess(platform, name, settings.toArray(String[]::new));
    }

    /// Slow, so that there is a backfill to be killed in.
    private static int ask() {
        return rebuilding.ask("traffic", "rebuild", "{\"max_rate\":2000}").generation();
    }

    private static boolean isOnItsWay(int generation) {
        return STATES.indexOf(rebuilding.state("traffic", generation)) < STATES.indexOf("LIVE");
    }

    private static void awaitAtLeast(int generation, String state) {
        await().atMost(Duration.ofMinutes(4))
                .pollInterval(Duration.ofMillis(5))
                .until(() ->
                        STATES.indexOf(rebuilding.state("traffic", generation))
                                >= STATES.indexOf(state));
    }
}
