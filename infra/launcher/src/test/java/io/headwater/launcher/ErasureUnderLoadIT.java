package io.headwater.launcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.headwater.launcher.Ledger.Fate;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.awaitility.core.ThrowingRunnable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import tools.jackson.databind.json.JsonMapper;

/// Somebody is forgotten while leads and events come, a view is made anew, and who erases and who
/// clears the tables are killed; then the vault is lost and comes back from a backup that knows
/// nothing of it. The person is nowhere, before and after, and others are as they were.
///
/// `-Dheadwater.fault.seed=S` repeats the pauses between the kills.
@EnabledIfSystemProperty(named = "headwater.full", matches = "true")
class ErasureUnderLoadIT {

    /// Twice each: a supervisor that saw more restarts gives up.
    private static final List<String> VICTIMS =
            List.of("command-api", "projectors", "command-api", "projectors");

    private static final long SEED = Long.getLong("headwater.fault.seed", System.nanoTime());
    private static final Duration PATIENCE = Duration.ofMinutes(6);
    private static final Duration WORK = Duration.ofMinutes(20);

    /// Some ten requests a second of all clients.
    private static final Duration PAUSE = Duration.ofSeconds(3);

    /// Records a second: far less than the view has while the person is being forgotten.
    private static final String SLOWLY = "25";

    private static final JsonMapper JSON = new JsonMapper();

    private final Caller caller = new Caller();
    private final LaunchedPlatform platform = Forgetting.start("--isolated");
    private final TestSite site = TestSite.make(caller, platform, "under-load");
    private final Forgetting forgetting = new Forgetting(platform, site);

    /// Somebody of whom there is a visit, a form and a provider's delivery.
    ///
    /// @param tag in everything that is personal of them
    private record Visitor(String tag, String lead, String session) {

        String mail() {
            return tag + "@example.org";
        }
    }

    @Test
    void whoIsForgottenIsNowhereAndOthersAreAsTheyWere() throws Exception {
        System.out.printf("ErasureUnderLoadIT: seed %d%n", SEED);
        try (platform) {
            // given
            var canary = visitor("canary");
            var witness = visitor("witness");
            for (var one : List.of(canary, witness)) {
                eventually(() -> requireKnown(one));
            }
            Path older = backup("older");

            // when
            List<String> before;
            Ledger leads;
            try (var load = new FaultLoad(platform, site, List.of(session("load")), PAUSE)) {
                leads = load.leads();
                eventually(() -> assertThat(leads.acknowledged()).isGreaterThan(150));
                before = rows(witness);
                eraseWhileKilling(canary);
                long then = leads.acknowledged();
                eventually(() -> assertThat(leads.acknowledged()).isGreaterThan(then + 20));
            }

            // then
            requireErased(canary);
            eventually(() -> requireAllOnce(leads));
            assertThat(rows(witness)).isEqualTo(before);

            // when
            Path newer = backup("newer");
            loseVault(older, newer);

            // then
            for (String projection : List.of("leads", "webhooks", "sessions")) {
                var rebuilt = platform.another("rebuild", projection, "--watch");
                assertThat(rebuilt.status()).as(rebuilt.said()).isZero();
            }
            requireErased(canary);
            eventually(() -> requireAllOnce(leads));
            assertThat(rows(witness)).isEqualTo(before);
            var swept = platform.another("sweep", "--email", canary.mail());
            assertThat(swept.status()).as(swept.said()).isZero();
            for (String decider : List.of("leads", "access")) {
                assertThat(audited(decider)).containsPattern("differ +0\n");
            }
        }
    }

    private Visitor visitor(String name) {
        String tag = name + UUID.randomUUID().toString().replace("-", "");
        // Ids of browsers and of deliveries are kept: docs/erasure.md.
        String id = UUID.randomUUID().toString();
        var started =
                site.call(
                        "/track/session/start",
                        """
                        {"fingerprint_id":"%s","site_key":"%s","page":"https://shop.example.com/?mail=%s"}\
                        """
                                .formatted(id, site.key(), tag));
        String session = started.path("session_id").asString();
        var captured =
                site.capture(
                        """
                        {"email":"%1$s@example.org","first_name":"%1$s","message":"%1$s","consent_text":"agreed %1$s",
                         "visitor_id":"%2$s","session_id":"%3$s"}\
                        """
                                .formatted(tag, started.path("visitor_id").asString(), session));
        assertThat(captured.status()).as(captured.text()).isEqualTo(200);
        var visitor = new Visitor(tag, captured.json().path("lead_id").asString(), session);
        var source = site.source("typeform");
        var delivered = Fixture.of("typeform", source, id, visitor.mail()).deliver(caller, source);
        assertThat(delivered.status()).as(delivered.text()).isEqualTo(200);
        var note = site.act(visitor.lead, "note", "{\"message\":\"%s\"}".formatted(tag));
        assertThat(note.status()).as(note.text()).isEqualTo(200);
        return visitor;
    }

    private String session(String fingerprint) {
        return site.call(
                        "/track/session/start",
                        "{\"fingerprint_id\":\"%s\",\"page\":\"/\",\"site_key\":\"%s\"}"
                                .formatted(fingerprint, site.key()))
                .path("session_id")
                .asString();
    }

    private void requireKnown(Visitor visitor) throws Exception {
        // The form and the provider name different projects: two leads of one person.
        assertThat(site.leads(visitor.mail()))
                .hasSize(2)
                .anyMatch(lead -> lead.path("lead_id").asString().equals(visitor.lead))
                .allMatch(lead -> lead.path("suspicion_score").isNumber());
        var places = KeptScan.of(platform, visitor.tag).places();
        for (String table : List.of("leads_", "sessions_", "webhooks_")) {
            assertThat(places).anyMatch(place -> place.startsWith("table " + table));
        }
        assertThat(places).anyMatch(place -> place.startsWith("object sessions/"));
    }

    private Path backup(String name) throws Exception {
        Path file = platform.data().resolve("vault." + name);
        Program.keys(platform, "backup", file.toString());
        return file;
    }

    private void eraseWhileKilling(Visitor canary) throws Exception {
        Path rebuildSaid = Files.createTempFile("rebuild", ".log");
        Path eraseSaid = Files.createTempFile("erase", ".log");
        var rebuild =
                platform.beside(rebuildSaid, "rebuild", "leads", "--watch", "--max-rate", SLOWLY);
        Process erase = null;
        try {
            eventually(() ->
                    assertThat(site.read("/api/projections").toString())
                            .contains("\"state\":\"BACKFILL\""));
            erase =
                    platform.beside(
                            eraseSaid,
                            "erase",
                            "--email",
                            canary.mail(),
                            "--yes",
                            "--certify",
                            "--wait",
                            String.valueOf(WORK.toMinutes()));
            eventually(() ->
                    assertThat(Files.readString(eraseSaid)).contains(canary.lead + "  asked for"));
            var random = new Random(SEED);
            int killed = 0;
            for (String victim : VICTIMS) {
                assertThat(killed > 1 || rebuild.isAlive())
                        .as("the view is being made anew")
                        .isTrue();
                erase.waitFor(random.nextInt(1_500), TimeUnit.MILLISECONDS);
                System.out.printf(
                        "ErasureUnderLoadIT: kill -9 %s, erased: %s%n",
                        victim, Files.readString(eraseSaid).lines().toList().getLast());
                kill(victim);
                killed++;
            }
            requireEnd(erase, eraseSaid);
            requireEnd(rebuild, rebuildSaid);
        } finally {
            rebuild.destroyForcibly();
            if (erase != null) {
                erase.destroyForcibly();
            }
            Files.delete(rebuildSaid);
            Files.delete(eraseSaid);
        }
    }

    /// The launcher starts it again by itself.
    private void kill(String name) {
        var process = platform.component(name);
        assertThat(process.destroyForcibly()).isTrue();
        eventually(() -> assertThat(platform.componentPid(name)).isNotEqualTo(process.pid()));
    }

    private static void requireEnd(Process process, Path said) throws Exception {
        boolean ended = process.waitFor(WORK.toMinutes() + 1, TimeUnit.MINUTES);
        String text = Files.readString(said);
        assertThat(ended).as(text).isTrue();
        assertThat(process.exitValue()).as(text).isZero();
        System.out.println(text.lines().toList().getLast());
    }

    private void requireErased(Visitor canary) throws Exception {
        forgetting.requireDone(canary.lead);
        forgetting.requireNowhere(canary.tag);
        var certificate =
                JSON.readTree(
                        Files.readString(
                                platform.data().resolve("certificates/" + canary.lead + ".json")));
        assertThat(certificate.at("/erasure/state").asString()).isEqualTo("done");
        assertThat(certificate.at("/sweep/verdict").asString()).isEqualTo("NONE_FOUND");
        assertThat(site.leads(canary.mail())).isEmpty();
        assertThat(site.read("/analytics/leads/" + canary.lead).path("email").isNull()).isTrue();
    }

    /// What tables say of somebody.
    private List<String> rows(Visitor visitor) throws Exception {
        var rows = new ArrayList<String>();
        try (var tables = new ReadModel(platform)) {
            for (String view : List.of("leads", "lead_timeline", "submissions")) {
                var found =
                        tables.counts(
                                "select t::text, 1 from read.%s t where lead_id = ?"
                                        .formatted(view),
                                visitor.lead);
                assertThat(found).as(view).isNotEmpty();
                rows.addAll(new TreeSet<>(found.keySet()));
            }
        }
        return rows;
    }

    /// Every lead of the load that was acknowledged is there once, nothing is parked, and the
    /// accounts add up.
    private void requireAllOnce(Ledger leads) throws Exception {
        try (var tables = new ReadModel(platform)) {
            var rows =
                    tables.counts(
                            "select email, count(*) from read.submissions where site_id = ? and email like 'fault-%' group by email",
                            site.id());
            var missing = new HashSet<>(leads.with(Fate.OK));
            missing.removeAll(rows.keySet());
            assertThat(missing).as("acknowledged, but not in the read model").isEmpty();
            assertThat(rows.values()).as("submissions per request").containsOnly(1L);
            assertThat(
                            tables.number(
                                    "select count(*) from ops.projection_position where read <> applied + parked + skipped or parked > 0"))
                    .isZero();
        }
        assertThat(site.read("/api/accounting").path("holds").asBoolean()).isTrue();
    }

    /// Keys that were destroyed come back with the older backup; the log destroys them again.
    private void loseVault(Path older, Path newer) throws Exception {
        Set<String> destroyed = keys("select kid from vault.erasure");
        assertThat(destroyed).hasSizeGreaterThanOrEqualTo(4);
        platform.down();
        platform.up(
                "--without",
                "command-api",
                "--without",
                "stream-jobs",
                "--without",
                "projectors",
                "--without",
                "query-api");
        execute("drop schema vault cascade");
        execute("create schema vault authorization headwater_vault");
        platform.down();
        // Tables would wait for keys, and the start for tables.
        platform.up("--without", "projectors", "--without", "query-api");
        assertThat(Program.keys(platform, "restore", older.toString())).contains("keys are back");
        var back =
                keys(
                        "select kid from vault.data_key where state = 'active' or erased_at > now() - interval '1 hour'");
        back.retainAll(destroyed);
        assertThat(back).as("keys that the backup brought").isNotEmpty();
        eventually(() -> {
            var active = keys("select kid from vault.data_key where state = 'active'");
            active.retainAll(destroyed);
            assertThat(active).isEmpty();
        });
        assertThat(Program.keys(platform, "restore", newer.toString())).contains("keys are back");
        var erased = keys("select kid from vault.data_key where state = 'erased'");
        assertThat(erased).containsAll(destroyed);
        platform.down();
        platform.up("--isolated");
    }

    private String audited(String decider) throws Exception {
        return Program.run(
                "command-api",
                "io.headwater.command.state.AuditMain",
                0,
                List.of(decider, "--run-file", Program.runFile(platform)));
    }

    private Set<String> keys(String query) throws Exception {
        var keys = new TreeSet<String>();
        try (var connection = DriverManager.getConnection(postgres(), "postgres", "");
                var statement = connection.createStatement();
                var rows = statement.executeQuery(query)) {
            while (rows.next()) {
                keys.add(rows.getString(1));
            }
        }
        return keys;
    }

    private void execute(String sql) throws Exception {
        try (var connection = DriverManager.getConnection(postgres(), "postgres", "");
                var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private String postgres() {
        return platform.told().path("postgres").path("jdbc_url").asString();
    }

    private static void eventually(ThrowingRunnable assertion) {
        await().atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(200))
                .ignoreExceptions()
                .untilAsserted(assertion);
    }
}
