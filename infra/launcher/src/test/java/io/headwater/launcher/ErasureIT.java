package io.headwater.launcher;

import static io.headwater.launcher.Soon.soon;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import tools.jackson.databind.JsonNode;

/// What is personal, on the whole platform: sealed wherever it is kept, shown in the read models,
/// and found nowhere after its person was forgotten.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ErasureIT {

    private final Caller caller = new Caller();
    private final LaunchedPlatform platform = Forgetting.start();
    private final TestSite site = TestSite.make(caller, platform, "erasure");
    private final TestSite.Source source = site.source("typeform");
    private final Forgetting forgetting = new Forgetting(platform, site);

    @AfterAll
    void stop() {
        platform.close();
    }

    /// The read models show what people are called, and nothing else does.
    @Test
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

    @Test
    void whoIsForgottenIsFoundNowhereAndOthersStay() throws Exception {
        String tag = UUID.randomUUID().toString().replace("-", "");
        String mail = "forgotten" + tag + "@example.org";
        String other = "kept" + tag + "@example.org";
        String words = "words-" + tag;
        String note = "note-" + tag;
        String lead = forgetting.captured(mail, words);
        assertThat(forgetting.captured(mail, "again " + words)).isEqualTo(lead);
        String kept = forgetting.captured(other, "others");
        site.administer(
                "/analytics/leads/" + lead + "/note", "{\"message\":\"%s\"}".formatted(note));
        soon(() -> {
            assertThat(site.lead(mail).path("submissions").asInt()).isEqualTo(2);
            assertThat(site.lead(other).path("lead_id").asString()).isEqualTo(kept);
            assertThat(KeptScan.of(platform, note).of("table")).isNotEmpty();
        });

        assertThat(site.act(lead, "erase", "{}").status()).isEqualTo(200);
        forgetting.requireDone(lead);
        var erasure = site.read("/admin/erasures/" + lead);
        assertThat(erasure.path("keys").asInt()).isGreaterThanOrEqualTo(3);
        assertThat(erasure.path("rows").path("tables").asInt()).isGreaterThanOrEqualTo(3);

        for (String secret : List.of(mail, words, note)) {
            forgetting.requireNowhere(secret);
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
        assertThat(forgetting.captured(mail, words)).isEqualTo(lead);
        soon(() -> {
            var again = site.read("/admin/erasures/" + lead);
            assertThat(again.path("state").asString()).as(again.toString()).isEqualTo("done");
            assertThat(again.path("keys").asInt()).isGreaterThan(keys);
        });
        forgetting.requireNowhere(words);

        // The log is read from its beginning without an error, and says the same.
        int generation = rebuilt("leads");
        soon(() ->
                assertThat(site.read("/api/projections").toString())
                        .contains(
                                "\"name\":\"leads\",\"generation\":%d,\"state\":\"LIVE\""
                                        .formatted(generation)));
        forgetting.requireNowhere(mail);
        assertThat(site.lead(other).path("lead_id").asString()).isEqualTo(kept);

        // Who comes back is somebody new.
        assertThat(forgetting.captured(mail, "back")).isNotEqualTo(lead);
        soon(() -> assertThat(site.leads(mail)).hasSize(1));
    }

    /// Pages with what a form put into them, what was clicked, custom data: sealed in the log,
    /// shown in the read model and the recording, and gone with the person.
    @Test
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
        forgetting.requireDone(lead);

        var erasure = site.read("/admin/erasures/" + lead);
        assertThat(erasure.path("rows").path("recordings").asInt()).isGreaterThanOrEqualTo(2);
        for (String secret : List.of(query, element, typed)) {
            forgetting.requireNowhere(secret);
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
        forgetting.requireNowhere(late);
    }

    @Test
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
        forgetting.requireNowhere("f-" + tag + query);
        assertThat(site.read("/replay/sessions/" + sessions.get(1)).path("entry_page").asString())
                .endsWith("other-" + tag + query);
    }

    private static String tagged(Caller.Answer asked) {
        return asked.json().path("visitor_id").asString();
    }

    private JsonNode track(String call, String body) {
        return site.call("/track/" + call, body);
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
