package io.headwater.launcher;

import static io.headwater.launcher.Soon.soon;
import static org.assertj.core.api.Assertions.assertThat;

import java.sql.DriverManager;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/// `./headwater retention` on the whole platform: what it tells goes, what it does not tell stays,
/// and a rebuild shows the same.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RetentionIT {

    private final Caller caller = new Caller();
    private final LaunchedPlatform platform = start();
    private final TestSite site = TestSite.make(caller, platform, "retention");
    private final String tag = UUID.randomUUID().toString().replace("-", "");

    private static LaunchedPlatform start() {
        var settings = new HashMap<>(LaunchedPlatform.PATIENT_ADMINISTRATION);
        settings.put("VAULT_KEY_LIFE", "2s");
        settings.put("RETENTION_BODIES", "30d");
        settings.put("RETENTION_SUBMISSIONS", "30d");
        settings.put("RETENTION_SESSIONS", "30d");
        return LaunchedPlatform.start(settings);
    }

    @AfterAll
    void stop() {
        platform.close();
    }

    private String captured(String name) {
        var answer =
                site.capture(
                        "{\"email\":\"%1$s-%2$s@example.org\",\"first_name\":\"%1$s\",\"message\":\"%1$s-%2$s\"}"
                                .formatted(name, tag));
        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        return answer.json().path("submission_id").asString();
    }

    private String visited(String name) {
        var started =
                site.call(
                        "/track/session/start",
                        "{\"fingerprint_id\":\"%2$s%1$s\",\"site_key\":\"%3$s\",\"page\":\"/a?q=%1$s-%2$s\"}"
                                .formatted(name, tag, site.key()));
        return started.path("session_id").asString();
    }

    private long vault(String sql) throws Exception {
        var url = platform.told().path("vault").path("jdbc_url").asString();
        try (var connection = DriverManager.getConnection(url, "headwater_vault", "");
                var statement = connection.createStatement()) {
            if (statement.execute(sql)) {
                var rows = statement.getResultSet();
                rows.next();
                return rows.getLong(1);
            }
            return statement.getUpdateCount();
        }
    }

    /// As if all of it had come a hundred days ago.
    private void age(String purpose, String subject, int keys) {
        String which =
                "kid in (select kid from vault.link where purpose = '%s' and subject in (select subject from vault.link where purpose = '%1$s' and (subject = '%2$s' or subject like '%%\\_%2$s')))"
                        .formatted(purpose, subject);
        soon(() ->
                assertThat(vault("select count(*) from vault.key_use where " + which))
                        .isEqualTo(keys));
        soon(() ->
                assertThat(
                                vault(
                                        "update vault.key_use set first_at = now() - interval '100 days', last_at = now() - interval '100 days' where "
                                                + which))
                        .isEqualTo(keys));
    }

    private String retention(String... words) throws Exception {
        var run = platform.another("retention", words);
        assertThat(run.status()).as(run.said()).isZero();
        return run.said();
    }

    /// Bytes of old rows stay in Postgres' files and its log until they are overwritten.
    private void requireNowhere(String secret) throws Exception {
        assertThat(KeptScan.of(platform, secret).places())
                .as(secret)
                .allMatch(place -> place.startsWith("file postgres/"));
    }

    private void requireShown(String secret) throws Exception {
        assertThat(KeptScan.of(platform, secret).of("table")).as(secret).isNotEmpty();
    }

    private List<Long> counted() throws Exception {
        try (var tables = new ReadModel(platform)) {
            return List.of(
                    tables.number("select count(*) from read.submissions"),
                    tables.number("select count(*) from read.leads"),
                    tables.number("select count(*) from read.sessions"),
                    tables.number("select count(*) from read.webhooks"));
        }
    }

    @Test
    void whatIsOldGoesAndNothingElse() throws Exception {
        var tests = "{\"test_strings\":[\"oldtest\",\"newtest\"]}";
        var changed = site.change("/analytics/settings?site_id=" + site.id(), tests);
        assertThat(changed.status()).as(changed.text()).isEqualTo(200);
        String old = captured("oldtest");
        captured("newtest");
        String lead = captured("person");
        String past = visited("pastvisit");
        visited("newvisit");
        for (String secret :
                List.of("oldtest-", "newtest-", "person-", "pastvisit-", "newvisit-")) {
            soon(() -> requireShown(secret + tag));
        }
        // a key of the submission, and one of the body that brought it
        age("submission", old, 2);
        age("submission", lead, 2);
        age("session", past, 1);
        var before = counted();

        String told = retention();
        assertThat(told)
                .contains("bodies       things 2, keys 2")
                .contains("submissions  things 1, keys 1")
                .contains("sessions     things 1, keys 1")
                .contains("would go: 4 keys, 0 objects; nothing was changed");
        for (String secret : List.of("oldtest-", "person-", "pastvisit-")) {
            requireShown(secret + tag);
        }

        String gone = retention("--apply");
        assertThat(gone)
                .contains("bodies       things 2, keys 2")
                .contains("submissions  things 1, keys 1")
                .contains("sessions     things 1, keys 1")
                .containsPattern("gone: 4 keys, [1-9][0-9]* objects, [1-9][0-9]* rows cleared");
        requireNowhere("oldtest-" + tag);
        requireNowhere("pastvisit-" + tag);
        for (String secret : List.of("newtest-", "person-", "newvisit-")) {
            requireShown(secret + tag);
        }
        assertThat(counted()).isEqualTo(before);

        assertThat(retention("--apply")).contains("gone: 0 keys, 0 objects, 0 rows cleared");
        assertThat(vault("select count(*) from vault.erasure where purpose = 'retention'"))
                .isEqualTo(4);

        for (String projection : List.of("leads", "sessions", "webhooks")) {
            int generation = rebuilt(projection);
            soon(() ->
                    assertThat(site.read("/api/projections").toString())
                            .contains(
                                    "\"name\":\"%s\",\"generation\":%d,\"state\":\"LIVE\""
                                            .formatted(projection, generation)));
        }
        requireNowhere("oldtest-" + tag);
        requireNowhere("pastvisit-" + tag);
        requireShown("person-" + tag);
        assertThat(counted()).isEqualTo(before);
    }

    private int rebuilt(String projection) {
        var answer =
                caller.post(
                        platform.queryApi().resolve("/api/projections/" + projection + "/rebuild"),
                        Caller.JSON_TYPE,
                        "{}",
                        Map.of("X-API-Key", platform.adminKey()));
        assertThat(answer.status()).as(answer.text()).isEqualTo(202);
        return answer.json().path("generation").asInt();
    }
}
