package io.headwater.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.headwater.command.RunningApi.Answer;
import io.headwater.command.platform.KeyDigest;
import io.headwater.command.platform.directory.AccessDirectory;
import io.headwater.command.platform.directory.IpRules.Verdict;
import io.headwater.command.platform.directory.SiteConfig;
import io.headwater.command.platform.directory.Stage;
import java.net.InetAddress;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/// What administrators change, and that it works at once.
@SuppressWarnings("NullAway.Init")
@ExtendWith(WholeApi.class)
class AdministrationIT {

    private static RunningApi app;
    private String site;

    @BeforeAll
    static void start() {
        app = RunningApi.shared();
    }

    @BeforeEach
    void makeSite() {
        site =
                made("/analytics/sites", "{\"site_key\":\"pk_%s\"}".formatted(UUID.randomUUID()))
                        .text("site_id");
    }

    private static Answer made(String path, String body) {
        var answer = app.call("POST", path, body);
        assertThat(answer.status()).as("%s", answer).isEqualTo(201);
        return answer;
    }

    private static Answer done(String method, String path, String body) {
        var answer = app.call(method, path, body);
        assertThat(answer.status()).as("%s", answer).isEqualTo(200);
        return answer;
    }

    private SiteConfig known() {
        return app.bean(AccessDirectory.class).siteById(site).orElseThrow();
    }

    @Test
    void settingsChangeOneByOne() {
        String path = "/analytics/settings?site_id=" + site;
        var changed =
                done(
                        "PATCH",
                        path,
                        """
                        {"bot_detection":false,"test_strings":["qa team"],"honeypot_block":"P7D",
                         "competitor_domains":["Rival.Example"],"thank_you_status":301,
                         "pipeline":[{"key":"in","kind":"open"},{"key":"won","kind":"won"},
                          {"key":"lost","kind":"lost"},{"key":"back","kind":"returned"}]}\
                        """);
        assertThat(changed.text("honeypot_block")).isEqualTo("PT168H");
        assertThat(known().settings().botDetection()).isFalse();
        assertThat(known().settings().competitorDomains()).containsExactly("rival.example");
        assertThat(known().settings().pipeline()).hasSize(4);

        done("PATCH", path, "{\"pipeline\":null,\"forwarding\":false}");
        assertThat(known().settings().pipeline()).isEqualTo(Stage.STANDARD);
        assertThat(known().settings().testStrings()).containsExactly("qa team");
        var renamed =
                done(
                        "PATCH",
                        "/analytics/sites/" + site,
                        "{\"name\":\"Boutique\",\"settings\":{\"forwarding\":true}}");
        assertThat(renamed.text("name")).isEqualTo("Boutique");
        assertThat(renamed.body().path("settings").path("forwarding").asBoolean()).isTrue();

        var kept = done("PATCH", path, "{\"retention\":{\"sessions\":\"30d\",\"facts\":\"keep\"}}");
        assertThat(kept.body().path("retention").toString())
                .isEqualTo("{\"facts\":\"keep\",\"sessions\":\"30d\"}");
        assertThat(known().settings().retention()).isEqualTo(Map.of("sessions", 30, "facts", 0));
        done("PATCH", path, "{\"retention\":null}");
        assertThat(known().settings().retention()).isEmpty();
    }

    /// What would go and what goes, without anything that is old.
    @Test
    void retentionIsLookedAtAndCarriedOut() {
        var rules = app.call("GET", "/admin/retention", "");
        assertThat(rules.status()).isEqualTo(200);
        assertThat(rules.body().at("/rules/4").toString())
                .startsWith("{\"kind\":\"recordings\",\"keep\":\"90d\",\"cutoff\":\"2");
        assertThat(rules.body().path("at").asString()).isEqualTo("03:00");

        for (String dry : List.of("true", "false")) {
            var asked =
                    app.call("POST", "/admin/retention/run?kind=unused-keys&dry_run=" + dry, "");
            assertThat(asked.status()).as("%s", asked).isEqualTo(202);
            String path = "/admin/retention/runs/" + asked.text("run_id");
            await().untilAsserted(() ->
                    assertThat(app.call("GET", path, "").text("state")).isEqualTo("done"));
            assertThat(app.call("GET", path, "").body().at("/kinds/0/keys").asLong()).isZero();
        }
        assertThat(app.call("POST", "/admin/retention/run?kind=leads", "").errors())
                .containsExactly(
                        "kind is none of bodies, submissions, facts, sessions, recordings, unused-keys");
        assertThat(app.call("POST", "/admin/retention/run?dry_run=maybe", "").status())
                .isEqualTo(400);
        assertThat(app.call("GET", "/admin/retention/runs/none", "").status()).isEqualTo(404);
    }

    @Test
    void whatIsWrongWithSettingsIsNamed() {
        var wrong =
                app.call(
                        "PATCH",
                        "/analytics/settings?site_id=" + site,
                        """
                        {"bot_detection":"yes","thank_you_status":302,"colour":"red",
                         "retention":{"sessions":"12h","recordings":"30d"},
                         "pipeline":[{"key":"A B","kind":"done"}]}\
                        """);
        assertThat(wrong.status()).isEqualTo(400);
        assertThat(wrong.errors())
                .contains(
                        "bot_detection must be true or false",
                        "thank_you_status must be 303 or 301",
                        "colour is not known here",
                        "retention.sessions must be days, such as 30d, or keep",
                        "retention.recordings is none of bodies, submissions, facts, sessions",
                        "pipeline[0].kind is none of open, appointment, shown, quoted, won, lost,"
                                + " returned",
                        "pipeline must begin with an open stage");
    }

    @Test
    void addressIsOnOneListOnly() {
        String entry =
                """
                {"site_id":"%s","list":"%s","ip":"%s","usage":%s,"reason":"test"}\
                """;
        var blocked =
                made("/analytics/ip-lists", entry.formatted(site, "block", "203.0.113.0/24", null));
        var inside = InetAddress.ofLiteral("203.0.113.7");
        assertThat(known().ips().verdict(inside, Instant.now())).isEqualTo(Verdict.BLOCKED);

        var both =
                app.call(
                        "POST",
                        "/analytics/ip-lists",
                        entry.formatted(site, "white", "203.0.113.7", "\"testing\""));
        assertThat(both.status()).isEqualTo(409);
        assertThat(both.text("detail"))
                .contains("203.0.113.7 overlaps 203.0.113.0/24 on the block list");

        var page = done("GET", "/analytics/ip-lists?limit=1&site_id=" + site, "");
        assertThat(page.body().path("items").path(0).path("by").asString()).isEqualTo("key:admin");
        assertThat(page.body().path("next").isNull()).isTrue();
        done("DELETE", "/analytics/ip-lists/" + blocked.text("id") + "?site_id=" + site, "");
        made("/analytics/ip-lists", entry.formatted(site, "white", "203.0.113.7", "\"testing\""));
        assertThat(known().ips().verdict(inside, Instant.now())).isEqualTo(Verdict.TESTING);
        var wrong =
                app.call(
                        "POST",
                        "/analytics/ip-lists",
                        entry.formatted(site, "white", "203.0.113.7/24", null));
        assertThat(wrong.errors())
                .contains(
                        "ip has bits behind its prefix; the range is 203.0.113.0/24",
                        "usage is required on the white list: testing or internal");
    }

    @Test
    void formChangesAndGoes() {
        made(
                "/analytics/forms",
                "{\"site_id\":\"%s\",\"form_id\":\"ask\",\"thank_you_url\":\"https://x.test/\"}"
                        .formatted(site));
        String path = "/analytics/forms/ask?site_id=" + site;
        var changed =
                done("PATCH", path, "{\"name\":\"Ask\",\"thank_you_url\":null,\"enabled\":false}");
        assertThat(changed.body().path("thank_you_url").isNull()).isTrue();
        assertThat(changed.body().path("enabled").asBoolean()).isFalse();
        var wrong = app.call("PATCH", path, "{\"form_json\":{\"fields\":[{\"name\":\"a\"}]}}");
        assertThat(wrong.errors()).contains("form_json.fields[0].type is required");
        done("DELETE", path, "");
        assertThat(app.call("GET", path, "").status()).isEqualTo(404);
    }

    @Test
    void secretsOverlapWhileAProviderChangesOver() {
        var source =
                made(
                        "/admin/sources",
                        """
                        {"site_id":"%s","provider":"google-ads","name":"Ads",
                         "duplicate_window":"PT24H","limits":{"per_day":100}}\
                        """
                                .formatted(site));
        String id = source.text("id");
        String first = source.text("secret");
        assertThat(first).isNotEmpty();
        var directory = app.bean(AccessDirectory.class);
        assertThat(directory.source(id).orElseThrow().secrets())
                .containsExactly(KeyDigest.of(first));

        var rotated = made("/admin/sources/" + id + "/secrets", "{\"grace\":\"P1D\"}");
        String second = rotated.text("secret");
        assertThat(directory.source(id).orElseThrow().secrets())
                .containsExactly(KeyDigest.of(second), KeyDigest.of(first));
        var shown = done("GET", "/admin/sources/" + id, "");
        var secrets = shown.body().path("signature").path("secrets");
        assertThat(secrets.path(0).path("expires_at").isNull()).isTrue();
        assertThat(secrets.path(1).path("expires_at").isString()).isTrue();
        assertThat(shown.body().toString()).doesNotContain(first).doesNotContain(second);

        String secretsPath = "/admin/sources/" + id + "/secrets/";
        done("DELETE", secretsPath + secrets.path(1).path("id").asString(), "");
        var last = app.call("DELETE", secretsPath + secrets.path(0).path("id").asString(), "");
        assertThat(last.status()).isEqualTo(409);
        assertThat(last.text("type")).isEqualTo("/problems/last-secret");
    }

    @Test
    void sourceChangesByVersionAndItsMappingsAreKept() {
        String id =
                made(
                                "/admin/sources",
                                """
                                {"site_id":"%s","provider":"generic","mapping":{"email":"a.b"},
                                 "signature":{"scheme":"api-key"}}\
                                """
                                        .formatted(site))
                        .text("id");
        String path = "/admin/sources/" + id;
        String tag = done("GET", path, "").tag();

        assertThat(app.changeIf(tag, path, "{\"repeat_window\":0}").status()).isEqualTo(200);
        var stale = app.changeIf(tag, path, "{\"repeat_window\":60}");
        assertThat(stale.status()).isEqualTo(409);
        assertThat(stale.text("type")).isEqualTo("/problems/stale-version");

        var mapped = done("PUT", path + "/mapping", "{\"email\":\"a.c\"}");
        assertThat(mapped.body().path("mapping_version").asInt()).isEqualTo(2);
        var versions = done("GET", path + "/mappings", "").body();
        assertThat(versions.path(0).path("mapping").path("email").asString()).isEqualTo("a.c");
        assertThat(versions.path(1).path("mapping").path("email").asString()).isEqualTo("a.b");
        assertThat(versions.path(1).path("created_by").asString()).isEqualTo("key:admin");

        done("DELETE", path, "");
        assertThat(app.call("GET", path, "").status()).isEqualTo(404);
        assertThat(app.bean(AccessDirectory.class).source(id)).isEmpty();
    }

    @Test
    void whatIsWrongWithASourceIsNamed() {
        var wrong =
                app.call(
                        "POST",
                        "/admin/sources",
                        """
                        {"site_id":"%s","provider":"stripe","mapping":{"emial":"a"},
                         "duplicate_window":"1 day","limits":{"per_minute":0},"nme":"x"}\
                        """
                                .formatted(site));
        assertThat(wrong.errors())
                .contains(
                        "mapping.emial is no field of a lead",
                        "duplicate_window must be whole seconds or an ISO-8601 duration such as"
                                + " PT24H",
                        "limits.per_minute must be from 1 to 10000000",
                        "nme is not known here",
                        "signature.secrets is required: the provider tells the secret of the"
                                + " scheme stripe");
        var unknown = app.call("POST", "/admin/sources", "{\"provider\":\"nobody\"}");
        assertThat(unknown.errors().getFirst()).startsWith("provider is none of ");
        var foreign =
                app.call(
                        "POST",
                        "/admin/sources",
                        "{\"provider\":\"stripe\",\"signature\":{\"scheme\":\"google-key\"}}");
        assertThat(foreign.errors().getFirst()).startsWith("signature.scheme is none of stripe");
        var near =
                app.call(
                        "POST",
                        "/admin/sources",
                        "{\"provider\":\"meta\",\"options\":{\"base_url\":\"https://10.0.0.1/v1\"}}");
        assertThat(near.errors()).contains("options.base_url must not be a private address");
    }
}
