package io.headwater.query;

import static io.headwater.query.RunningQueryApi.ADMIN;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Arrays;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

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

    @ParameterizedTest
    @CsvSource({
        "email=ana@example.COM, a",
        "phone=%2B49 151 12345678, a",
        "phone=9876543210, b",
        "phone=+919876543210, b",
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
