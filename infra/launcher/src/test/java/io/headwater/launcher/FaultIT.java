package io.headwater.launcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.headwater.launcher.Ledger.Fate;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// `kill -9` under load, and what is left afterwards: every acknowledged request exactly once,
/// every unanswered one at most once, nothing else, and accounts that add up.
///
/// The launcher dies once, and all applications with it; in the profile `full` also Kafka and
/// Postgres, twenty times in all. `-Dheadwater.fault.kills=N` and `-Dheadwater.fault.seed=S` choose
/// how often and repeat a run.
class FaultIT {

    private static final int KILLS = Integer.getInteger("headwater.fault.kills", 1);
    private static final long SEED = Long.getLong("headwater.fault.seed", System.nanoTime());
    private static final Duration RECOVERY = Duration.ofMinutes(4);
    private static final Duration CATCH_UP = Duration.ofMinutes(5);
    private static final int MOST_KILLS_WITHOUT_RESTART = 4;

    private static LaunchedPlatform platform;

    private enum Victim {
        LAUNCHER,
        KAFKA,
        POSTGRES
    }

    @BeforeAll
    static void up() {
        platform = LaunchedPlatform.start(LaunchedPlatform.PATIENT_ADMINISTRATION);
    }

    @AfterAll
    static void down() {
        if (platform != null) {
            platform.close();
        }
    }

    @Test
    void whatWasAcknowledgedIsThereExactlyOnceAfterKills() throws Exception {
        System.out.printf("FaultIT: %d kills, seed %d%n", KILLS, SEED);
        var random = new Random(SEED);
        var site = TestSite.make(new Caller(), platform, "faults");
        var sessions = new ArrayList<String>();
        for (int i = 0; i < 4; i++) {
            sessions.add(session(site, "fault-" + i));
        }
        Ledger leads;
        Ledger clicks;

        // when
        try (var load = new FaultLoad(platform, site, sessions)) {
            leads = load.leads();
            clicks = load.clicks();
            for (Victim victim : victims(random)) {
                long before = leads.acknowledged();
                int wanted = 50 + random.nextInt(300);
                await().atMost(RECOVERY)
                        .pollInterval(Duration.ofMillis(20))
                        .until(() -> leads.acknowledged() > before + wanted);
                kill(victim, leads, clicks);
            }
            long before = leads.acknowledged();
            await().atMost(RECOVERY).until(() -> leads.acknowledged() > before + 50);
        }

        // then
        System.out.printf(
                "FaultIT: leads ok %d, unknown %d, never sent %d; clicks ok %d, unknown %d%n",
                leads.with(Fate.OK).size(),
                leads.with(Fate.UNKNOWN).size(),
                leads.with(Fate.FAIL).size(),
                clicks.with(Fate.OK).size(),
                clicks.with(Fate.UNKNOWN).size());
        await().atMost(CATCH_UP)
                .pollInterval(Duration.ofMillis(500))
                // Postgres may not take connections yet.
                .ignoreExceptions()
                .untilAsserted(() -> requireEverythingOnce(site, sessions, leads, clicks));
        assertThat(leads.refusedWithoutRetryAfter()).isZero();
    }

    @Test
    void withoutTheBrokerNothingIsAcknowledged() throws Exception {
        var caller = new Caller();
        var site = TestSite.make(caller, platform, "no-broker");
        var kafka = platform.component("kafka");
        try {
            assertThat(signal("STOP", kafka)).isZero();
            var answer = site.capture("{\"email\":\"no-broker@example.com\"}");
            assertThat(answer.status()).isEqualTo(503);
            assertThat(answer.headers().firstValue("Retry-After")).isPresent();
            assertThat(answer.type()).startsWith("application/problem+json");
            var event =
                    caller.post(
                            platform.commandApi().resolve("/track/event"),
                            Caller.JSON_TYPE,
                            "{\"session_id\":\"%s\",\"event_type\":\"click\"}"
                                    .formatted(UUID.randomUUID()),
                            Map.of());
            assertThat(event.status()).isEqualTo(503);
        } finally {
            assertThat(signal("CONT", kafka)).isZero();
        }
        await().atMost(RECOVERY)
                .pollInterval(Duration.ofMillis(200))
                .ignoreExceptionsInstanceOf(Caller.Unanswered.class)
                .until(() ->
                        site.capture("{\"email\":\"broker-back@example.com\"}").status() == 200);
    }

    @Test
    void withoutPostgresLeadsAreTakenAndTheViewsCatchUp() throws Exception {
        var site = TestSite.make(new Caller(), platform, "no-postgres");
        var postmaster = platform.component("postgres");
        try {
            signalAll("STOP", postmaster);
            for (int i = 0; i < 20; i++) {
                var answer =
                        site.capture("{\"email\":\"no-postgres-%d@example.com\"}".formatted(i));
                // 202 when the decision took longer than a request waits
                assertThat(answer.status()).isIn(200, 202);
            }
        } finally {
            signalAll("CONT", postmaster);
        }
        await().atMost(RECOVERY)
                .pollInterval(Duration.ofMillis(200))
                .ignoreExceptions()
                .untilAsserted(() -> {
                    try (var tables = new ReadModel(platform)) {
                        assertThat(
                                        tables.number(
                                                "select count(*) from read.leads where site_id = ?",
                                                site.id()))
                                .isEqualTo(20);
                    }
                });
    }

    /// Each of the three in turn, then by lot; a supervisor that saw many restarts gives up, so the
    /// launcher is next before that.
    private static List<Victim> victims(Random random) {
        var victims = new ArrayList<Victim>();
        var since = new HashMap<Victim, Integer>();
        for (int i = 0; i < KILLS; i++) {
            Victim next =
                    i < 3
                            ? Victim.values()[i]
                            : Victim.values()[random.nextInt(Victim.values().length)];
            if (since.getOrDefault(next, 0) == MOST_KILLS_WITHOUT_RESTART) {
                next = Victim.LAUNCHER;
            }
            if (next == Victim.LAUNCHER) {
                since.clear();
            } else {
                since.merge(next, 1, Integer::sum);
            }
            victims.add(next);
        }
        return victims;
    }

    private static void kill(Victim victim, Ledger leads, Ledger clicks) {
        await("leads in flight at the kill")
                .atMost(RECOVERY)
                .pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(1))
                .until(() -> leads.inFlight() > 0);
        System.out.printf(
                "FaultIT: kill -9 %s with %d leads and %d clicks in flight%n",
                victim, leads.inFlight(), clicks.inFlight());
        assertThat(leads.acknowledgedWithin(Duration.ofSeconds(30).toNanos()))
                .as("leads were being acknowledged")
                .isTrue();
        switch (victim) {
            case LAUNCHER -> {
                platform.kill();
                platform.up();
            }
            case KAFKA -> killComponent("kafka");
            case POSTGRES -> killComponent("postgres");
        }
    }

    /// The launcher starts it again by itself.
    private static void killComponent(String name) {
        var process = platform.component(name);
        assertThat(process.destroyForcibly()).isTrue();
        await().atMost(RECOVERY)
                .pollInterval(Duration.ofMillis(100))
                .until(() -> platform.componentPid(name) != process.pid());
    }

    private static void requireEverythingOnce(
            TestSite site, List<String> sessions, Ledger leads, Ledger clicks) throws SQLException {
        try (var tables = new ReadModel(platform)) {
            var rows =
                    tables.counts(
                            "select email, count(*) from read.submissions where site_id = ? group by email",
                            site.id());
            var missing = new HashSet<>(leads.with(Fate.OK));
            missing.removeAll(rows.keySet());
            assertThat(missing).as("acknowledged, but not in the read model").isEmpty();
            assertThat(rows.values()).as("submissions per request").containsOnly(1L);
            var invented = new HashSet<>(rows.keySet());
            invented.removeAll(leads.with(Fate.OK));
            invented.removeAll(leads.with(Fate.UNKNOWN));
            assertThat(invented).as("in the read model, but never sent").isEmpty();
            long distinct = rows.size();
            assertThat(
                            tables.number(
                                    "select count(*) from read.leads where site_id = ?", site.id()))
                    .isEqualTo(distinct);
            assertThat(
                            tables.number(
                                    "select sum(submissions) from read.lead_volume_15m where site_id = ?",
                                    site.id()))
                    .as("additive view of outcomes")
                    .isEqualTo(distinct);
            assertThat(
                            tables.number(
                                    "select sum(leads) from read.lead_volume_15m where site_id = ?",
                                    site.id()))
                    .as("additive view of leads")
                    .isEqualTo(distinct);
            for (String side : List.of("received", "accepted")) {
                assertThat(
                                tables.number(
                                        "select sum("
                                                + side
                                                + ") from read.intake_15m where site_id = ?",
                                        site.id()))
                        .as(side)
                        .isEqualTo(distinct);
            }
            long clicked =
                    tables.number(
                            "select sum(clicks) from read.sessions where session_id = any(string_to_array(?, ','))",
                            String.join(",", sessions));
            assertThat(clicked)
                    .as("clicks of the sessions")
                    .isBetween(
                            (long) clicks.with(Fate.OK).size(),
                            (long) clicks.with(Fate.OK).size() + clicks.with(Fate.UNKNOWN).size());
            assertThat(
                            tables.number(
                                    "select sum(clicks) from read.traffic_15m where site_id = ?",
                                    site.id()))
                    .as("additive view of clicks")
                    .isEqualTo(clicked);
            assertThat(
                            tables.number(
                                    "select count(*) from ops.projection_position where read <> applied + parked + skipped or parked > 0"))
                    .as("positions whose accounts do not add up")
                    .isZero();
        }
    }

    private static String session(TestSite site, String fingerprint) {
        return site.call(
                        "/track/session/start",
                        "{\"fingerprint_id\":\"%s\",\"page\":\"/\",\"site_key\":\"%s\"}"
                                .formatted(fingerprint, site.key()))
                .path("session_id")
                .asString();
    }

    /// The postmaster first, which then starts no more; of its processes one may have ended
    /// meanwhile.
    private static void signalAll(String name, ProcessHandle postmaster)
            throws IOException, InterruptedException {
        assertThat(signal(name, postmaster)).isZero();
        for (ProcessHandle worker : postmaster.descendants().toList()) {
            signal(name, worker);
        }
    }

    private static int signal(String name, ProcessHandle process)
            throws IOException, InterruptedException {
        return new ProcessBuilder("kill", "-" + name, String.valueOf(process.pid()))
                .inheritIO()
                .start()
                .waitFor();
    }
}
