package io.headwater.command.edge;

import static org.assertj.core.api.Assertions.assertThat;

import io.headwater.command.platform.directory.SiteSettings;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What pages ask for: the configuration of a form or of the tracker, and the scripts.
@SuppressWarnings("NullAway.Init")
class PagesHttpTest {

    private static final String CONFIG =
            "/forms/config?siteKey=" + FakeDirectory.SITE_KEY + "&formId=";
    private static final String OWN = "https://www.lakeside.test";

    @RegisterExtension static final EdgeServer server = new EdgeServer();

    @Test
    void ownPageGetsTheForm() {
        var answer = server.call("GET", CONFIG + "visit", "Origin", OWN);

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.header("Access-Control-Allow-Origin")).isEqualTo(OWN);
        assertThat(answer.header("Vary")).contains("Origin");
        assertThat(answer.text("form_id")).isEqualTo("visit");
        assertThat(answer.text("thank_you_url")).isEqualTo("https://www.lakeside.test/thanks");
        assertThat(answer.json().path("form").isObject()).isTrue();
        var again =
                server.call(
                        "GET",
                        CONFIG + "visit",
                        "Referer",
                        OWN + "/page?a={b}",
                        "If-None-Match",
                        "W/" + answer.header("ETag"));
        assertThat(again.status()).isEqualTo(304);
        assertThat(again.header("ETag")).isEqualTo(answer.header("ETag"));
    }

    @ParameterizedTest
    @CsvSource({
        "sk_lakeside, contact, '', missing_origin_referer",
        "sk_lakeside, contact, null, missing_origin_referer",
        "sk_nobody, contact, https://www.lakeside.test, site_not_found",
        "'', contact, https://www.lakeside.test, empty_site_key",
        "sk_lakeside, contact, https://evil.test, hostname_not_in_site_domains",
        "sk_lakeside, nothing, https://www.lakeside.test, form_not_found"
    })
    void otherPagesAreRefusedAndCounted(String key, String form, String origin, String reason) {
        double before = refused(reason);

        var answer =
                server.call(
                        "GET",
                        "/forms/config?siteKey=" + key + "&formId=" + form,
                        "Origin",
                        origin);

        assertThat(answer.status()).isEqualTo(403);
        assertThat(answer.text("reason")).isEqualTo(reason);
        assertThat(answer.header("Access-Control-Allow-Origin")).isEmpty();
        assertThat(refused(reason)).isEqualTo(before + 1);
    }

    @Test
    void nothingIsKnownBeforeTheSitesAreRead() {
        server.directory.ready = false;

        var answer = server.call("GET", CONFIG + "contact", "Origin", OWN);

        assertThat(answer.status()).isEqualTo(403);
        assertThat(answer.text("reason")).isEqualTo("database_error");
        assertThat(answer.header("Retry-After")).isEqualTo("2");
    }

    private static double refused(String reason) {
        return server.bean(MeterRegistry.class)
                .counter("forms.config.refused", "reason", reason)
                .count();
    }

    @Test
    void ownPageHearsWhetherItIsRecorded() {
        String path = "/track/config?siteKey=" + FakeDirectory.SITE_KEY;

        var answer = server.call("GET", path, "Origin", OWN);

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.header("Access-Control-Allow-Origin")).isEqualTo(OWN);
        assertThat(answer.json().path("recordSession").booleanValue()).isTrue();
        var again = server.call("GET", path, "Origin", OWN, "If-None-Match", answer.header("ETag"));
        assertThat(again.status()).isEqualTo(304);

        server.directory.settings(
                new SiteSettings(
                        true,
                        true,
                        SiteSettings.DEFAULT.honeypotBlock(),
                        List.of(),
                        true,
                        true,
                        List.of(),
                        SiteSettings.DEFAULT.pipeline(),
                        List.of(),
                        303,
                        false,
                        false,
                        Map.of()));
        var unrecorded = server.call("GET", path, "Origin", OWN);
        assertThat(unrecorded.json().path("recordSession").booleanValue()).isFalse();
        assertThat(unrecorded.header("ETag")).isNotEqualTo(answer.header("ETag"));
    }

    @ParameterizedTest
    @CsvSource({
        "?siteKey=sk_lakeside, '', missing_origin_referer",
        "?siteKey=sk_nobody, https://www.lakeside.test, site_not_found",
        "'', https://www.lakeside.test, empty_site_key",
        "?siteKey=sk_lakeside, https://evil.test, hostname_not_in_site_domains"
    })
    void othersDoNotHearWhetherASiteIsRecorded(String query, String origin, String reason) {
        var answer = server.call("GET", "/track/config" + query, "Origin", origin);

        assertThat(answer.status()).isEqualTo(403);
        assertThat(answer.text("reason")).isEqualTo(reason);
        assertThat(answer.header("Access-Control-Allow-Origin")).isEmpty();
    }

    @Test
    void theConfigurationOfTheTrackerIsOnlyRead() {
        var preflight = server.call("OPTIONS", "/track/config", "Origin", OWN);

        assertThat(preflight.status()).isEqualTo(204);
        assertThat(preflight.header("Access-Control-Allow-Methods")).isEqualTo("GET, OPTIONS");
        assertThat(server.json("/track/config", "{}").status()).isEqualTo(405);
    }

    @ParameterizedTest
    @CsvSource({
        "/form.js, 'br, gzip', br",
        "/form.js, 'gzip', gzip",
        "/form.js, 'br;q=0, gzip;q=0', ''",
        "/tracker.js, 'br, gzip', br",
        "/pulse.js, 'br, gzip', br",
        "/recorder.js, 'gzip', gzip"
    })
    void scriptIsSentAsTheClientTakesIt(String path, String accepted, String coding) {
        var answer = server.call("GET", path, "Accept-Encoding", accepted);

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.header("Content-Encoding")).isEqualTo(coding);
        assertThat(answer.header("Content-Type")).startsWith("text/javascript");
        assertThat(answer.header("Vary")).contains("Accept-Encoding");
        assertThat(answer.header("Cache-Control")).contains("max-age=3600");
        var again =
                server.call(
                        "GET",
                        path,
                        "Accept-Encoding",
                        accepted,
                        "If-None-Match",
                        answer.header("ETag"));
        assertThat(again.status()).isEqualTo(304);
    }

    @ParameterizedTest
    @CsvSource({
        "/form.js, __pg_website",
        "/tracker.js, PulseGateSession",
        "/pulse.js, PulseGate",
        "/recorder.js, PulseGateRecorder"
    })
    void scriptOfOneVersionIsKeptForEver(String path, String content) {
        var script = server.call("GET", path);
        String version = version(path);

        assertThat(script.response().body()).contains(content);
        assertThat(server.call("GET", path + "?v=" + version).header("Cache-Control"))
                .contains("immutable");
        assertThat(server.call("GET", path + "?v=older").header("Cache-Control"))
                .doesNotContain("immutable");
    }

    /// So that what the tracker loads is of the same build, and is kept for ever.
    @ParameterizedTest
    @CsvSource({"/tracker.js, /recorder.js", "/pulse.js, /recorder.js", "/pulse.js, /form.js"})
    void scriptsNameTheVersionsOfThoseThatTheyLoad(String script, String loaded) {
        assertThat(server.call("GET", script).response().body())
                .contains(loaded + "?v=" + version(loaded));
    }

    private static String version(String path) {
        return server.call("GET", path).header("ETag").replaceAll("\"|-identity", "");
    }
}
