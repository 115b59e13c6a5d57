package io.headwater.launcher;

import static io.headwater.launcher.Soon.soon;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;

/// `./headwater import` into a platform that runs: with the times of old, and each row once,
/// however often it comes and whatever is killed meanwhile.
class ImportIT {

    private static final Duration LIMIT = Duration.ofMinutes(4);
    private static final int SESSIONS = 3_000;
    private static final int LEADS = 1_000;

    private static final Caller caller = new Caller();
    private static LaunchedPlatform platform;

    @TempDir private Path folder;
    private TestSite site;

    @BeforeAll
    static void up() {
        var patient = new HashMap<>(LaunchedPlatform.PATIENT_ADMINISTRATION);
        patient.put("LEAD_DECISION_WAIT", "20s");
        platform = LaunchedPlatform.start(patient);
    }

    @AfterAll
    static void down() {
        if (platform != null) {
            platform.close();
        }
    }

    @BeforeEach
    void site() {
        site = TestSite.make(caller, platform, "imports" + System.nanoTime());
    }

    private record Run(int status, String said) {}

    @Test
    void sitesAndFormsAreMadeOnce() throws Exception {
        String id = site.id() + "-old";
        var sites = file("sites.csv", "site_id,name,domains\n" + id + ",Old,old.example.com\n");
        var forms =
                file(
                        "forms.csv",
                        "site_id,form_id,form_json\n"
                                + id
                                + ",ask,\"{\"\"fields\"\":[{\"\"name\"\":\"\"EMAIL\"\",\"\"label\"\":\"\"E\"\",\"\"type\"\":\"\"email\"\"}]}\"\n");

        assertThat(imported("sites", sites, "--dry-run"))
                .isEqualTo(new Run(0, "dry run, nothing was written: 1 row: 1 new"));
        assertThat(site.read("/analytics/sites").toString()).doesNotContain(id);
        assertThat(imported("sites", sites)).isEqualTo(new Run(0, "1 row: 1 created"));
        assertThat(imported("forms", forms)).isEqualTo(new Run(0, "1 row: 1 created"));
        assertThat(imported("sites", sites)).isEqualTo(new Run(0, "1 row: 1 there already"));
        assertThat(imported("forms", forms)).isEqualTo(new Run(0, "1 row: 1 there already"));

        assertThat(site.read("/analytics/sites/" + id).toString()).contains("old.example.com");
        assertThat(site.read("/analytics/forms?site_id=" + id)).hasSize(1);
    }

    @Test
    void leadsComeWithTheirTimesAndOnce() throws Exception {
        var leads =
                file(
                        "leads.csv",
                        """
                        Mail,Created,Note
                        old-ana@example.org,2023-02-03 04:05:06,likes it
                        nobody,2023-02-03 04:05:06,-
                        old-bo@example.org,2024-02-03T04:05:06Z,-
                        """);
        String[] options = {"--map", "email=Mail", "--zone", "Europe/Berlin"};

        var dry = imported("leads", leads, with(options, "--dry-run"));
        assertThat(dry.said()).contains("line 3: the e-mail address is not one (invalid-email)");
        assertThat(dry.said()).contains("3 rows: 1 refused, 2 valid");
        assertThat(dry.status()).isEqualTo(2);
        assertThat(imported("leads", leads, options).said())
                .contains("3 rows: 2 accepted, 1 refused");
        assertThat(Files.readAllLines(folder.resolve("leads.csv.rejected.csv")))
                .hasSize(2)
                .last()
                .asString()
                .startsWith("nobody,2023-02-03 04:05:06,-,3,email,invalid-email,");
        assertThat(imported("leads", leads, options).said())
                .contains("3 rows: 1 refused, 2 there already");

        soon(() ->
                assertThat(site.lead("old-ana@example.org").path("created_at").asString())
                        .isEqualTo("2023-02-03T03:05:06Z"));
        soon(() -> {
            assertThat(number("select count(*) from read.leads where site_id = ?")).isEqualTo(2);
            assertThat(
                            number(
                                    "select count(*) from read.submissions where site_id = ? and outcome ="
                                            + " 'duplicate'"))
                    .as("those that came again are kept, too")
                    .isEqualTo(2);
        });
        assertThat(site.read("/api/accounting").path("holds").asBoolean()).isTrue();
    }

    @Test
    void sessionsComeWithTheirTimesAndMeetTheirLeads() throws Exception {
        var sessions =
                file(
                        "sessions.csv",
                        """
                        visit_id;client_id;start;duration;pages;clicks;source;Device;country;shade
                        v1;old-visitor;2023-05-06 07:08:09;00:03:00;/ /b;10;google;Smartphone;ES;red
                        v2;old-visitor;2023-05-07 07:08:09;60;;;;;;
                        v3;old-visitor;yesterday;60;;;;;;
                        """);

        var dry = imported("sessions", sessions, "--dry-run");
        assertThat(dry.said())
                .contains("line 4: started_at is no ISO 8601 or Unix time: yesterday")
                .contains("columns not used: shade")
                .contains("3 rows: 1 refused, 2 valid");
        assertThat(account().path("received").asLong()).isZero();
        assertThat(imported("sessions", sessions).said()).contains("3 rows: 2 accepted, 1 refused");
        assertThat(imported("sessions", sessions).said())
                .contains("3 rows: 1 refused, 2 there already");
        var lead = site.capture("{\"email\":\"back@example.org\",\"visitor_id\":\"old-visitor\"}");

        soon(() -> {
            var items = site.read("/replay/sessions?visitor_id=old-visitor").path("items");
            assertThat(items).hasSize(2);
            var first = items.get(1);
            assertThat(first.path("imported").asBoolean()).isTrue();
            assertThat(first.path("external_id").asString()).isEqualTo("v1");
            assertThat(first.path("started_at").asString()).isEqualTo("2023-05-06T07:08:09Z");
            assertThat(first.path("duration_seconds").asLong()).isEqualTo(180);
            assertThat(first.path("engagement_score").asInt()).isEqualTo(28);
            assertThat(items.get(0).path("return_visits").asInt()).isEqualTo(1);
            assertThat(trafficOf("2023-05-06")).isEqualTo(1);
        });
        String leadId = lead.json().path("lead_id").asString();
        soon(() -> {
            var seen = site.read("/analytics/leads/" + leadId);
            assertThat(seen.path("sessions")).hasSize(2);
            assertThat(seen.path("engagement_score").asInt()).isEqualTo(11);
        });
        var account = account();
        assertThat(account.path("holds").asBoolean()).isTrue();
        assertThat(account.path("received").asLong()).isEqualTo(6);
        assertThat(account.path("accepted").asLong()).isEqualTo(2);
    }

    private enum Victim {
        IMPORTER("sessions", "leads"),
        /// what it forgets is the same for both kinds, and a start takes long
        COMMAND_API("sessions");

        private final List<String> kinds;

        Victim(String... kinds) {
            this.kinds = List.of(kinds);
        }
    }

    @ParameterizedTest
    @EnumSource
    void eachRowIsThereOnceWhateverIsKilled(Victim victim) throws Exception {
        // given
        var sessions =
                file(
                        "many.csv",
                        "session_id,visitor_id,started_at,page_views\n"
                                + lines(
                                        SESSIONS,
                                        i ->
                                                i
                                                        + ",v"
                                                        + i % 100
                                                        + ","
                                                        + (1_600_000_000 + i)
                                                        + ",2"));
        var leads =
                file("many-leads.csv", "email\n" + lines(LEADS, i -> "many" + i + "@example.org"));

        // when
        for (var kind : victim.kinds) {
            var file = kind.equals("sessions") ? sessions : leads;
            var first = start(kind, file, folder.resolve("first-" + kind));
            var progress = file.resolveSibling(file.getFileName() + ".progress.json");
            await().atMost(LIMIT)
                    .pollInterval(Duration.ofMillis(5))
                    .until(() -> Files.exists(progress) || !first.isAlive());
            assertThat(first.isAlive()).as("in the middle").isTrue();
            if (victim == Victim.IMPORTER) {
                first.destroyForcibly().waitFor();
                assertThat(progress).exists();
                // knows nothing of what was done: all that was sent is sent again
                var again = imported(kind, file, "--restart");
                assertThat(again.status()).as(again.said()).isZero();
                assertThat(again.said()).contains("there already");
            } else {
                platform.kill();
                platform.up();
                assertThat(first.waitFor(LIMIT.toSeconds(), TimeUnit.SECONDS)).isTrue();
                assertThat(Files.readString(folder.resolve("first-" + kind)))
                        .contains("trying again");
                assertThat(first.exitValue()).isZero();
            }
        }

        // then
        var account = account();
        assertThat(account.path("accepted").asLong()).isEqualTo(SESSIONS);
        assertThat(account.path("unsettled").asLong()).isZero();
        assertThat(account.path("holds").asBoolean()).isTrue();
        soon(() -> {
            assertThat(number("select count(*) from read.sessions where site_id = ?"))
                    .isEqualTo(SESSIONS);
            assertThat(number("select sum(sessions) from read.traffic_15m where site_id = ?"))
                    .isEqualTo(SESSIONS);
            assertThat(number("select sum(page_views) from read.traffic_15m where site_id = ?"))
                    .isEqualTo(2 * SESSIONS);
            assertThat(number("select count(*) from read.leads where site_id = ?"))
                    .isEqualTo(victim.kinds.contains("leads") ? LEADS : 0);
        });
    }

    private JsonNode account() {
        return site.read("/admin/import/sessions?site_id=" + site.id());
    }

    private long trafficOf(String date) throws SQLException {
        return number(
                "select sum(sessions) from read.traffic_15m where site_id = ? and bucket::date = '"
                        + date
                        + "'");
    }

    private long number(String sql) throws SQLException {
        try (var tables = new ReadModel(platform)) {
            return tables.number(sql, site.id());
        }
    }

    private static String lines(int count, IntFunction<String> line) {
        return IntStream.range(0, count).mapToObj(line).collect(Collectors.joining("\n"));
    }

    private static String[] with(String[] options, String more) {
        return Stream.concat(Arrays.stream(options), Stream.of(more)).toArray(String[]::new);
    }

    /// Runs it to its end.
    private Run imported(String kind, Path file, String... options) throws Exception {
        var log = folder.resolve("said");
        var process = start(kind, file, log, options);
        assertThat(process.waitFor(LIMIT.toSeconds(), TimeUnit.SECONDS)).isTrue();
        return new Run(process.exitValue(), withoutProgress(Files.readString(log)));
    }

    /// A slow machine is told how far it is.
    private static String withoutProgress(String said) {
        return said.lines()
                .filter(line -> !line.contains(" rows/s, "))
                .collect(Collectors.joining("\n"))
                .strip();
    }

    private Process start(String kind, Path file, Path said, String... options) {
        var words = new ArrayList<String>();
        words.add(kind);
        words.add(file.toString());
        words.addAll(List.of("--site", site.id()));
        words.addAll(List.of(options));
        return platform.beside(said, "import", words.toArray(String[]::new));
    }

    private Path file(String name, String text) throws IOException {
        return Files.writeString(folder.resolve(name), text);
    }
}
