package io.headwater.command.edge;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.MeterRegistry;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What pages ask for: the configuration of a form, and the script.
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

    @ParameterizedTest
    @CsvSource({"'br, gzip', br", "'gzip', gzip", "'br;q=0, gzip;q=0', ''"})
    void scriptIsSentAsTheClientTakesIt(String accepted, String coding) {
        var answer = server.call("GET", "/form.js", "Accept-Encoding", accepted);

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.header("Content-Encoding")).isEqualTo(coding);
        assertThat(answer.header("Content-Type")).startsWith("text/javascript");
        assertThat(answer.header("Vary")).contains("Accept-Encoding");
        assertThat(answer.header("Cache-Control")).contains("max-age=3600");
        var again =
                server.call(
                        "GET",
                        "/form.js",
                        "Accept-Encoding",
                        accepted,
                        "If-None-Match",
                        answer.header("ETag"));
        assertThat(again.status()).isEqualTo(304);
    }

    @Test
    void scriptOfOneVersionIsKeptForEver() {
        var script = server.call("GET", "/form.js");
        String version = script.header("ETag").replaceAll("\"|-identity", "");

        assertThat(script.response().body()).contains("__pg_website").contains("/lead.capture");
        assertThat(server.call("GET", "/form.js?v=" + version).header("Cache-Control"))
                .contains("immutable");
        assertThat(server.call("GET", "/form.js?v=older").header("Cache-Control"))
                .doesNotContain("immutable");
    }
}
