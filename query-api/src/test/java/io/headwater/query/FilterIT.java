package io.headwater.query;

import static io.headwater.query.RunningQueryApi.ADMIN;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FilterIT {
    private final RunningQueryApi api = EmbeddedReadModels.api();
    private final ReadModels models = EmbeddedReadModels.models();

    @BeforeEach
    void threeLeads() {
        models.clear();
        models.lead(
                "a",
                "first_name",
                "Ana",
                "last_name",
                "Silva",
                "email",
                "Ana@Example.com",
                "phone",
                "+49 151 12345678",
                "project_name",
                "Tower One",
                "lead_source",
                "Website",
                "utm_source",
                "google",
                "utm_campaign",
                "Spring",
                "country",
                "DE",
                "source_id",
                "src-1",
                "created_at",
                Instant.parse("2026-11-01T10:00:00Z"));
        models.lead(
                "b",
                "first_name",
                "Bo",
                "email",
                "bo@example.com",
                "phone",
                "+919876543210",
                "project_name",
                "Tower One",
                "lead_source",
                "Website",
                "country",
                "IN",
                "status",
                "qualified",
                "created_at",
                Instant.parse("2026-11-02T10:00:00Z"));
        models.lead("c", "site_id", "other", "created_at", Instant.parse("2026-11-03T10:00:00Z"));
    }

    @Test
    void aLeadWithAReferrerOnlyIsFoundByIt() {
        models.lead("referred", "source", "bing.com", "referred_by", "https://www.bing.com/?q=x");
        models.submission("referred-1", "source", "bing.com");

        assertThat(ids("/analytics/leads?source=Bing.com")).containsExactly("referred");
        assertThat(api.get("/analytics/leads/sources", ADMIN).json().findValuesAsString("source"))
                .contains("bing.com");
        assertThat(
                        api.get("/analytics/submissions?source=bing.com", ADMIN)
                                .json()
                                .at("/items/0/source")
                                .asString())
                .isEqualTo("bing.com");
    }

    @ParameterizedTest
    @ValueSource(strings = {"İstanbul", "ΟΔΟΣ", "οδός"})
    void foldsCaseAsPostgresDoes(String text) {
        models.lead(
                "named",
                "first_name",
                text,
                "project_name",
                text,
                "utm_campaign",
                text,
                "source",
                text);
        String asked = URLEncoder.encode(text, StandardCharsets.UTF_8);

        for (String filter : List.of("q", "project", "campaign", "source")) {
            assertThat(ids("/analytics/leads?" + filter + "=" + asked))
                    .as(filter)
                    .containsExactly("named");
        }
    }

    @Test
    void takesAPlusThatWasNotEncodedInAnAddress() {
        models.lead("tagged", "email", "ana+tag@example.com");

        assertThat(ids("/analytics/leads?email=ana+tag@example.com")).containsExactly("tagged");
    }

    @Test
    void headersAreNoFilters() {
        var answer = api.get("/analytics/leads", ADMIN, "Test", "true", "Country", "IN");

        assertThat(answer.json().get("items").findValuesAsString("lead_id"))
                .containsExactly("c", "b", "a");
    }

    private List<String> ids(String path) {
        var answer = api.get(path, ADMIN);
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        return answer.json().get("items").findValuesAsString("lead_id");
    }

    @ParameterizedTest
    @CsvSource({
        "email=ana@example.COM, a",
        "phone=%2B49 151 12345678, a",
        "phone=9876543210, b",
        "phone=+919876543210, b",
        "phone=0151 12345678, a",
        "phone=0091 98765 43210, b",
        "project=tower one, b a",
        "source=google, a",
        "source=Website, b a",
        "source=src-1, a",
        "source=(direct), c",
        "campaign=spring, a",
        "country=in, b",
        "status=Qualified, b",
        "site=other, c",
        "q=silva, a",
        "q=ana sil, a",
        "q=765432, b",
        "q=example.com, b a",
        "from=2026-11-02, c b",
        "to=2026-11-02, b a",
        "to=9999-12-31, c b a",
        "from=2026-11-01T10:00:00Z&to=2026-11-02T10:00:00Z, a",
        "project=tower one&country=de&q=ana, a",
        "project=tower one&country=fr, ''",
        "email=&q=&from=, c b a",
    })
    void findsWhatWasAskedFor(String query, String ids) {
        var answer = api.get("/analytics/leads?" + query.replace(" ", "%20"), ADMIN);

        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        assertThat(answer.json().get("items").findValuesAsString("lead_id"))
                .containsExactlyElementsOf(
                        Arrays.stream(ids.split(" ")).filter(id -> !id.isEmpty()).toList());
    }

    @Test
    void sourcesOnOfferAreSourcesThatCanBeAskedFor() {
        for (var source : api.get("/analytics/leads/sources", ADMIN).json()) {
            String name = source.get("source").asString();
            assertThat(api.get("/analytics/leads?source=" + name, ADMIN).json().get("items"))
                    .as(name)
                    .isNotEmpty();
        }
    }

    @Test
    void sourcesListUsesTheNamesOfTheVolume() {
        assertThat(api.get("/analytics/leads/sources", ADMIN).json().findValuesAsString("source"))
                .containsExactlyInAnyOrder("google", "Website", "(direct)");
    }
}
