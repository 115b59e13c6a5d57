package io.headwater.query;

import static io.headwater.query.RunningQueryApi.NOBODY;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/// What browsers get without a key: the dashboard and the documentation.
class SiteIT {
    private final RunningQueryApi api = EmbeddedReadModels.api();

    @ParameterizedTest
    @ValueSource(strings = {"/", "/leads", "/leads/main_1", "/replay", "/sign-in"})
    void pagesOfTheDashboardAreItsIndex(String path) {
        var answer = api.get(path, NOBODY, "Accept", "text/html,*/*");

        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        assertThat(answer.header("Content-Type")).startsWith("text/html");
        assertThat(answer.header("Cache-Control")).isEqualTo("no-cache");
        assertThat(answer.body()).contains("<script type=\"module\"").doesNotContain("<script>");
    }

    @Test
    void hashedFilesAreKeptForAYear() {
        var index = api.get("/", NOBODY).body();
        var script = Pattern.compile("src=\"(/assets/[^\"]+\\.js)\"").matcher(index);
        assertThat(script.find()).isTrue();

        var answer = api.get(script.group(1), NOBODY);

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.header("Cache-Control"))
                .contains("max-age=31536000", "public", "immutable");
        assertThat(answer.header("Content-Type")).contains("javascript");
    }

    @Test
    void unknownFilesAndPathsAreNotThePage() {
        assertThat(api.get("/assets/none.js", NOBODY).status()).isEqualTo(404);
        var answer = api.get("/nowhere", NOBODY, "Accept", "application/json");
        assertThat(answer.status()).isEqualTo(404);
        assertThat(answer.header("Content-Type")).startsWith("application/problem+json");
    }

    @Test
    void everyAnswerCarriesTheSecurityHeaders() {
        for (String path : new String[] {"/", "/health", "/analytics/leads", "/nowhere"}) {
            var answer = api.get(path, NOBODY);
            assertThat(answer.header("Content-Security-Policy"))
                    .contains(
                            "default-src 'self';",
                            "script-src 'self';",
                            "style-src 'self';",
                            "object-src 'none';",
                            "frame-ancestors 'none'")
                    .doesNotContain("unsafe", "http:", "*");
            assertThat(answer.header("X-Content-Type-Options")).isEqualTo("nosniff");
            assertThat(answer.header("X-Frame-Options")).isEqualTo("DENY");
            assertThat(answer.header("Referrer-Policy")).isEqualTo("no-referrer");
            assertThat(answer.header("Cross-Origin-Opener-Policy")).isEqualTo("same-origin");
            assertThat(answer.header("Permissions-Policy")).contains("camera=()");
            // a promise that plain HTTP cannot keep
            assertThat(answer.header("Strict-Transport-Security")).isEmpty();
            assertThat(answer.header("Set-Cookie")).isEmpty();
            assertThat(answer.header("Server")).isEmpty();
        }
    }

    @Test
    void noAnswerWithPersonalDataIsStored() {
        for (String path :
                new String[] {"/analytics/leads", "/analytics/leads/x", "/api/accounting"}) {
            assertThat(api.get(path, RunningQueryApi.ADMIN).header("Cache-Control"))
                    .as(path)
                    .isEqualTo("no-store");
        }
    }

    @Test
    void documentsEveryPathAndParameter() {
        JsonNode document = api.get("/v3/api-docs", NOBODY).json();

        assertThat(document.at("/components/securitySchemes").propertyNames())
                .containsExactlyInAnyOrder("bearer", "apiKey");
        assertThat(document.get("paths").propertyNames())
                .contains(
                        "/health",
                        "/analytics/me",
                        "/analytics/overview",
                        "/analytics/leads",
                        "/analytics/leads/{id}",
                        "/analytics/leads/volume",
                        "/analytics/submissions",
                        "/analytics/facts",
                        "/analytics/stream",
                        "/replay/sessions",
                        "/replay/sessions/{id}",
                        "/api/projections",
                        "/api/projections/{name}",
                        "/api/projections/{name}/history",
                        "/api/projections/{name}/stream",
                        "/api/projections/{name}/generations/{generation}/report",
                        "/api/projections/{name}/rebuild",
                        "/api/projections/{name}/verify",
                        "/api/projections/{name}/rollback",
                        "/api/projections/{name}/retire",
                        "/api/accounting",
                        "/analytics/sites",
                        "/admin/sources")
                .doesNotContain("/error");
        JsonNode list = document.at("/paths/~1analytics~1leads/get");
        assertThat(list.get("parameters").findValuesAsString("name"))
                .contains(
                        "email",
                        "phone",
                        "project",
                        "source",
                        "campaign",
                        "country",
                        "status",
                        "test",
                        "from",
                        "to",
                        "site",
                        "q",
                        "sort",
                        "limit",
                        "cursor")
                .doesNotContain("caller", "filter");
        assertThat(list.toString()).contains("\"maximum\":200", "\"minimum\":1");
        assertThat(document.at("/components/schemas/LeadItem/properties").propertyNames())
                .containsAll(Members.LEAD);
        assertThat(document.at("/components/schemas/Problem/properties").propertyNames())
                .contains("type", "traceId");
    }

    @Test
    void swaggerUiIsThere() {
        var answer = api.get("/swagger-ui/index.html", NOBODY, "Accept", "text/html");

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.body()).contains("swagger-ui");
        assertThat(api.get("/swagger-ui/swagger-initializer.js", NOBODY).body())
                .contains("/v3/api-docs");
    }
}
