package io.headwater.launcher;

import static io.headwater.launcher.Soon.soon;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import tools.jackson.databind.JsonNode;

/// Secrets that sign, on the whole platform: found nowhere, of use after every kind of start, and
/// back after the vault was lost.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class VaultIT {

    private static final String SECRET = "signing-secret-" + UUID.randomUUID();
    private static final String TOKEN = "access-token-" + UUID.randomUUID();

    private final Caller caller = new Caller();
    private final LaunchedPlatform platform = start();
    private final TestSite site = TestSite.make(caller, platform, "vault");
    private final TestSite.Source source = site.source("typeform", "vault-typeform", SECRET);
    private int number;

    private static LaunchedPlatform start() {
        var settings = new HashMap<>(LaunchedPlatform.PATIENT_ADMINISTRATION);
        settings.put("VAULT_KEY_LIFE", "2s");
        settings.put("LOG_ARCHIVE_RANGE_AGE", "1s");
        settings.put("LOG_ARCHIVE_RANGE_OFFSETS", "20");
        return LaunchedPlatform.start(settings);
    }

    @AfterAll
    void stop() {
        platform.close();
    }

    private Caller.Answer deliver() {
        number++;
        String id = "vault-" + number;
        return Fixture.of("typeform", source, id, id + "@example.org").deliver(caller, source);
    }

    private void requireDelivery() {
        var answer = deliver();
        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        var forged =
                Fixture.of("typeform", source, "forged", "forged@example.org")
                        .forge(caller, source);
        assertThat(forged.status()).isEqualTo(401);
    }

    private Path kek() {
        return platform.data().resolve("vault/kek.json");
    }

    @Test
    @Order(1)
    void secretsAreFoundNowhere() throws Exception {
        var options = "{\"secret_options\":{\"access_token\":\"%s\"}}".formatted(TOKEN);
        var changed = site.change("/admin/sources/" + source.id(), options);
        assertThat(changed.status()).as(changed.text()).isEqualTo(200);
        requireDelivery();
        var archive = new ArchivedText(platform);
        soon(() ->
                assertThat(archive.with("vault-typeform"))
                        .anyMatch(name -> name.startsWith("log/access.events.v1/")));

        for (String secret : List.of(SECRET, TOKEN)) {
            assertThat(KeptScan.of(platform, secret).places()).isEmpty();
            assertThat(archive.with(secret)).isEmpty();
        }
        // Else a scan that looks nowhere would be content.
        assertThat(KeptScan.of(platform, "vault-typeform").of("topic"))
                .contains("topic access.commands.v1", "topic access.events.v1");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(kek())))
                .isEqualTo("rw-------");
    }

    /// The read models show what people are called, and nothing else does.
    @Test
    @Order(2)
    void peopleAreFoundInTheReadModelsOnly() throws Exception {
        String mail = "canary" + UUID.randomUUID().toString().replace("-", "") + "@example.org";
        String phone = "+4930" + (100_000_000 + Math.floorMod(mail.hashCode(), 800_000_000));
        String name = "Canary" + UUID.randomUUID();
        String note = "note-" + UUID.randomUUID();
        String agent = "agent-" + UUID.randomUUID();
        String agreed = "agreed-" + UUID.randomUUID();

        var captured =
                site.capture(
                        """
                        {"email":"%s","phone":"%s","first_name":"%s","message":"%s",
                         "consents":[{"granted":true,"purposes":["phone"],"text":"%s"}],
                         "xxTrustedFormCertUrl":"https://cert.trustedform.com/%6$s"}\
                        """
                                .formatted(
                                        mail,
                                        phone,
                                        name,
                                        "message-" + note,
                                        "text " + agreed,
                                        agreed));
        assertThat(captured.status()).as(captured.text()).isEqualTo(200);
        String lead = captured.json().path("lead_id").asString();
        site.administer(
                "/analytics/leads/" + lead + "/note", "{\"message\":\"%s\"}".formatted(note));
        var delivered =
                Fixture.of("typeform", source, "canary", "typeform-" + mail)
                        .deliver(caller, source);
        assertThat(delivered.status()).isEqualTo(200);
        var started =
                caller.post(
                        platform.commandApi().resolve("/track/session/start"),
                        "application/json",
                        "{\"fingerprint_id\":\"f1\",\"page\":\"/\"}",
                        Map.of("User-Agent", agent));
        assertThat(started.status()).as(started.text()).isEqualTo(200);
        String blocked =
                "2001:db8:%x:%x:%x:%x:%x:%x"
                        .formatted(
                                ThreadLocalRandom.current()
                                        .ints(6, 0x1000, 0xffff)
                                        .boxed()
                                        .toArray());
        site.administer(
                "/analytics/ip-lists", "{\"list\":\"block\",\"ip\":\"%s\"}".formatted(blocked));

        soon(() -> {
            assertThat(site.read("/analytics/ip-lists?list=block").toString()).contains(blocked);
            var shown = site.lead(mail);
            assertThat(shown.path("first_name").asString()).isEqualTo(name);
            assertThat(shown.path("phone").asString()).isEqualTo(phone);
            assertThat(site.leads("typeform-" + mail)).hasSize(1);
            var consent = site.read("/analytics/leads/" + lead).at("/consents/0");
            assertThat(consent.path("text").asString()).isEqualTo("text " + agreed);
            assertThat(consent.path("trusted_form_url").asString()).endsWith(agreed);
            assertThat(KeptScan.of(platform, note).of("table"))
                    .anyMatch(table -> table.contains("lead_timeline"));
        });
        var archive = new ArchivedText(platform);
        soon(() ->
                assertThat(archive.with(lead))
                        .anyMatch(object -> object.startsWith("log/lead.events.v1/")));

        for (String secret : List.of(mail, phone, name, note, agent, agreed, blocked)) {
            assertThat(KeptScan.of(platform, secret).places())
                    .as(secret)
                    .allMatch(place ->
                            place.startsWith("table ") || place.startsWith("file postgres/"));
            assertThat(archive.with(secret)).isEmpty();
        }
        assertThat(KeptScan.of(platform, lead).of("topic")).contains("topic lead.events.v1");
    }

    /// Bytes of old rows stay in Postgres' files and its log until they are overwritten.
    @Test
    @Order(3)
    void whoIsForgottenIsFoundNowhereAndOthersStay() throws Exception {
        String tag = UUID.randomUUID().toString().replace("-", "");
        String mail = "forgotten" + tag + "@example.org";
        String other = "kept" + tag + "@example.org";
        String words = "words-" + tag;
        String note = "note-" + tag;
        String lead = captured(mail, words);
        assertThat(captured(mail, "again " + words)).isEqualTo(lead);
        String kept = captured(other, "others");
        site.administer(
                "/analytics/leads/" + lead + "/note", "{\"message\":\"%s\"}".formatted(note));
        soon(() -> {
            assertThat(site.lead(mail).path("submissions").asInt()).isEqualTo(2);
            assertThat(site.lead(other).path("lead_id").asString()).isEqualTo(kept);
            assertThat(KeptScan.of(platform, note).of("table")).isNotEmpty();
        });

        assertThat(site.act(lead, "erase", "{}").status()).isEqualTo(200);
        requireForgotten(lead);
        var erasure = site.read("/admin/erasures/" + lead);
        assertThat(erasure.path("keys").asInt()).isGreaterThanOrEqualTo(3);
        assertThat(erasure.path("rows").path("tables").asInt()).isGreaterThanOrEqualTo(3);

        for (String secret : List.of(mail, words, note)) {
            requireNowhere(secret);
        }
        var shown = site.read("/analytics/leads/" + lead);
        assertThat(shown.path("email").isNull()).as(shown.toString()).isTrue();
        assertThat(shown.toString()).doesNotContain(tag);
        assertThat(shown.path("consents")).hasSize(2);
        assertThat(site.read("/analytics/leads/" + lead + "/timeline").toString())
                .doesNotContain(tag)
                .contains("\"kind\":\"erased\"");
        assertThat(site.lead(other).path("lead_id").asString()).isEqualTo(kept);
        assertThat(site.act(lead, "note", "{\"message\":\"late\"}").json().path("type").asString())
                .isEqualTo("/problems/lead-erased");

        // A repetition is the forgotten lead's: known again, and forgotten again.
        int keys = erasure.path("keys").asInt();
        assertThat(captured(mail, words)).isEqualTo(lead);
        soon(() -> {
            var again = site.read("/admin/erasures/" + lead);
            assertThat(again.path("state").asString()).as(again.toString()).isEqualTo("done");
            assertThat(again.path("keys").asInt()).isGreaterThan(keys);
        });
        requireNowhere(words);

        // The log is read from its beginning without an error, and says the same.
        int generation = rebuilt("leads");
        soon(() ->
                assertThat(site.read("/api/projections").toString())
                        .contains(
                                "\"name\":\"leads\",\"generation\":%d,\"state\":\"LIVE\""
                                        .formatted(generation)));
        requireNowhere(mail);
        assertThat(site.lead(other).path("lead_id").asString()).isEqualTo(kept);

        // Who comes back is somebody new.
        assertThat(captured(mail, "back")).isNotEqualTo(lead);
        soon(() -> assertThat(site.leads(mail)).hasSize(1));
    }

    /// Pages with what a form put into them, what was clicked, custom data: sealed in the log,
    /// shown in the read model and the recording, and gone with the person.
    @Test
    @Order(4)
    void whatVisitorsDidIsSealedAndGoesWithThem() throws Exception {
        String tag = UUID.randomUUID().toString().replace("-", "");
        String query = "query-" + tag;
        String element = "element-" + tag;
        String typed = "typed-" + tag;
        var started =
                track(
                        "session/start",
                        """
                        {"fingerprint_id":"f-%s","site_key":"%s","page":"https://site.example/a?mail=%s",\
                        "referrer":"https://search.example/r?q=%s"}\
                        """
                                .formatted(tag, site.key(), query, query));
        String session = started.path("session_id").asString();
        String visitor = started.path("visitor_id").asString();
        track(
                "events/batch",
                """
                {"session_id":"%s","visitor_id":"%s","events":[\
                {"event_type":"page_view","page":"/b?mail=%s"},\
                {"event_type":"custom","page":"/b?mail=%s","element":"%s","data":{"typed":"%s"}}]}\
                """
                        .formatted(session, visitor, query, query, element, typed));
        var captured =
                site.capture(
                        "{\"email\":\"visitor%s@example.org\",\"visitor_id\":\"%s\",\"session_id\":\"%s\"}"
                                .formatted(tag, visitor, session));
        assertThat(captured.status()).as(captured.text()).isEqualTo(200);
        String lead = captured.json().path("lead_id").asString();
        var archive = new ArchivedText(platform);
        soon(() -> {
            assertThat(site.read("/replay/sessions/" + session).toString())
                    .contains(
                            "https://site.example/a?mail=" + query,
                            "/b?mail=" + query,
                            "r?q=" + query);
            assertThat(KeptScan.of(platform, typed).of("object sessions/")).hasSize(1);
            assertThat(archive.with(session))
                    .anyMatch(object -> object.startsWith("log/tracking.events.v1/"));
        });
        for (String secret : List.of(query, element, typed)) {
            assertThat(KeptScan.of(platform, secret).places())
                    .as(secret)
                    .allMatch(place ->
                            place.startsWith("table sessions_")
                                    || place.startsWith("object sessions/")
                                    || place.startsWith("file postgres/")
                                    || place.startsWith("file s3/"));
            assertThat(archive.with(secret)).isEmpty();
        }

        assertThat(site.act(lead, "erase", "{}").status()).isEqualTo(200);
        requireForgotten(lead);

        var erasure = site.read("/admin/erasures/" + lead);
        assertThat(erasure.path("rows").path("recordings").asInt()).isGreaterThanOrEqualTo(2);
        for (String secret : List.of(query, element, typed)) {
            requireNowhere(secret);
        }
        var shown = site.read("/replay/sessions/" + session);
        assertThat(shown.path("entry_page").asString()).isEqualTo("https://site.example/a");
        assertThat(shown.path("exit_page").asString()).isEqualTo("/b");
        assertThat(shown.path("page_views").asInt()).isEqualTo(1);

        // The session goes on, and stays erased.
        String late = "late-" + tag;
        track(
                "event",
                "{\"session_id\":\"%s\",\"event_type\":\"custom\",\"data\":{\"x\":\"%s\"}}"
                        .formatted(session, late));
        soon(() ->
                assertThat(site.read("/replay/sessions/" + session).path("event_count").asInt())
                        .isEqualTo(3));
        requireNowhere(late);
    }

    @Test
    @Order(5)
    void visitorsWhoBecameNoLeadAreForgottenToo() throws Exception {
        String tag = UUID.randomUUID().toString().replace("-", "");
        String query = "passing-" + tag;
        var sessions = new ArrayList<String>();
        String visitor = "";
        for (String who : List.of("f-" + tag, "other-" + tag)) {
            var started =
                    track(
                            "session/start",
                            "{\"fingerprint_id\":\"%s\",\"site_key\":\"%s\",\"page\":\"/a?mail=%s%s\"}"
                                    .formatted(who, site.key(), who, query));
            sessions.add(started.path("session_id").asString());
            visitor = visitor.isEmpty() ? started.path("visitor_id").asString() : visitor;
        }
        soon(() -> {
            for (String session : sessions) {
                assertThat(site.read("/replay/sessions/" + session).path("entry_page").asString())
                        .endsWith(query);
            }
        });

        String wish = "{\"site_id\":\"%s\",\"visitor_id\":\"%s\"}".formatted(site.id(), visitor);
        var asked =
                caller.post(
                        platform.queryApi().resolve("/admin/erasures/visitor"),
                        Caller.JSON_TYPE,
                        wish,
                        Map.of("X-API-Key", platform.adminKey()));
        assertThat(asked.status()).as(asked.text()).isEqualTo(202);

        String far =
                "/admin/erasures/visitor?site_id=%s&visitor_id=%s".formatted(site.id(), visitor);
        soon(() -> assertThat(site.read("/admin/erasures").toString()).contains(tagged(asked)));
        soon(() -> assertThat(site.read(far).path("state").asString()).isEqualTo("done"));
        requireNowhere("f-" + tag + query);
        assertThat(site.read("/replay/sessions/" + sessions.get(1)).path("entry_page").asString())
                .endsWith("other-" + tag + query);
    }

    private static String tagged(Caller.Answer asked) {
        return asked.json().path("visitor_id").asString();
    }

    private JsonNode track(String call, String body) {
        return site.call("/track/" + call, body);
    }

    private void requireForgotten(String lead) {
        soon(() -> {
            var erasure = site.read("/admin/erasures/" + lead);
            assertThat(erasure.path("state").asString()).as(erasure.toString()).isEqualTo("done");
        });
    }

    private void requireNowhere(String secret) throws Exception {
        assertThat(KeptScan.of(platform, secret).places())
                .as(secret)
                .allMatch(place -> place.startsWith("file postgres/"));
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

    private String captured(String mail, String message) {
        var answer =
                site.capture(
                        """
                        {"email":"%s","message":"%2$s","consent_text":"%2$s"}\
                        """
                                .formatted(mail, message));
        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        return answer.json().path("lead_id").asString();
    }

    @Test
    @Order(6)
    void theKeyEncryptionKeyChangesWhileDeliveriesCome() throws Exception {
        byte[] before = Files.readAllBytes(kek());

        String said = Program.keys(platform, "rotate");

        assertThat(said).contains("wrapped anew");
        assertThat(Files.readAllBytes(kek())).isNotEqualTo(before);
        assertThat(Program.keys(platform, "status")).contains(" 0 wrapped by an older key");
        requireDelivery();
        assertThat(site.source("stripe", "after-rotation", "another-" + SECRET).id()).isNotEmpty();
    }

    @Test
    @Order(7)
    @EnabledIfSystemProperty(named = "headwater.full", matches = "true")
    void secretsAreOfUseAfterARestartAndAfterRebuildState() throws Exception {
        String mail = "dying" + UUID.randomUUID() + "@example.org";
        String lead = captured(mail, "words");
        assertThat(site.act(lead, "erase", "{}").status()).isEqualTo(200);
        platform.kill();
        platform.up("--without", "command-api");
        assertThat(rebuiltState("access")).isNotBlank();
        platform.down();

        platform.up();
        requireDelivery();
        requireForgotten(lead);
        requireNowhere(mail);
    }

    @Test
    @Order(8)
    @EnabledIfSystemProperty(named = "headwater.full", matches = "true")
    void withoutTheRightKeyItDoesNotStart() throws Exception {
        platform.down();
        Path away = Files.move(kek(), kek().resolveSibling("away.json"));

        var without = platform.refused();
        assertThat(without).contains("kek.json is missing: put it back from its backup");

        Files.move(away, kek(), StandardCopyOption.REPLACE_EXISTING);
        platform.up();
        requireDelivery();
    }

    @Test
    @Order(9)
    @EnabledIfSystemProperty(named = "headwater.full", matches = "true")
    void aLostVaultComesBackFromItsBackup() throws Exception {
        Path backup = platform.data().resolve("vault.backup");
        assertThat(Program.keys(platform, "backup", backup.toString())).contains("keys and fences");
        String mail = "backed-up" + UUID.randomUUID() + "@example.org";
        String lead = captured(mail, "words");
        Path newer = platform.data().resolve("vault.newer");
        Program.keys(platform, "backup", newer.toString());
        assertThat(site.act(lead, "erase", "{}").status()).isEqualTo(200);
        requireForgotten(lead);
        platform.down();
        delete(platform.data().resolve("postgres"));

        // Tables would wait for keys, and it for tables.
        platform.up("--without", "projectors", "--without", "query-api");
        // The right key, but not what it locked: the provider is asked to come again.
        var meanwhile = deliver();
        assertThat(meanwhile.status()).as(meanwhile.text()).isEqualTo(503);
        assertThat(meanwhile.json().path("type").asString())
                .isEqualTo("/problems/vault-unavailable");

        assertThat(Program.keys(platform, "restore", newer.toString())).contains("keys are back");
        assertThat(Program.keys(platform, "restore", backup.toString())).contains("keys are back");
        platform.down();
        platform.up();
        requireDelivery();
        // Neither backup knows of the erasure; the log does.
        requireForgotten(lead);
        requireNowhere(mail);
    }

    private String rebuiltState(String decider) throws Exception {
        return Program.run(
                "command-api",
                "io.headwater.command.state.RebuildStateMain",
                0,
                List.of(
                        decider,
                        "--run-file",
                        Program.runFile(platform),
                        "--work",
                        platform.data().resolve("state").toString()));
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
