package io.headwater.query;

import static io.headwater.query.RunningQueryApi.ADMIN;
import static io.headwater.query.RunningQueryApi.MARKETING;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpRequest;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// What operators see of samples of the live views.
class SampleIT {

    private final RunningQueryApi api = EmbeddedReadModels.api();
    private final ReadModels models = EmbeddedReadModels.models();

    @BeforeEach
    void clear() {
        models.clear();
    }

    @Test
    void theNewestIsToldWithTheLiveGeneration() {
        sample(1, 25, 0, "[]");
        sample(2, 24, 1, "[{\"key\": \"main_1\", \"rows\": []}]");
        models.generation("leads", 2, "state", "BACKFILL");

        var told = api.get("/api/projections/leads", MARKETING).json();

        assertThat(told.at("/0/sample").propertyNames())
                .containsExactly(
                        "id",
                        "request_id",
                        "asked_at",
                        "ended_at",
                        "wanted",
                        "keys",
                        "rows",
                        "differing",
                        "skipped",
                        "reason");
        assertThat(told.at("/0/sample/request_id").asInt()).isEqualTo(2);
        assertThat(told.at("/0/sample/keys").asInt()).isEqualTo(24);
        assertThat(told.at("/0/sample/differing").asInt()).isOne();
        assertThat(told.at("/1/sample").isNull()).as("of the live one only").isTrue();
        assertThat(api.get("/api/projections/traffic", ADMIN).json().at("/0/sample").isNull())
                .isTrue();
    }

    @Test
    void adminsSeeWhatWasFound() {
        sample(1, 25, 0, "[]");
        sample(2, 24, 1, "[{\"key\": \"main_1\", \"rows\": []}]");

        var samples = api.get("/api/projections/leads/samples", ADMIN).json();

        assertThat(samples).hasSize(2);
        assertThat(samples.at("/0/findings/0/key").asString()).isEqualTo("main_1");
        assertThat(samples.at("/0/seed").asLong()).isEqualTo(77);
        assertThat(api.get("/api/projections/leads/samples?limit=1", ADMIN).json()).hasSize(1);
        assertThat(api.get("/api/projections/traffic/samples", ADMIN).json()).isEmpty();
        assertThat(api.get("/api/projections/nothing/samples", ADMIN).status()).isEqualTo(404);
        assertThat(api.get("/api/projections/leads/samples", MARKETING).status()).isEqualTo(403);
    }

    @Test
    void aSampleIsAskedAsAVerification() throws InterruptedException {
        try (var _ = AnsweringProjectors.accepting(models.jdbc(), 1)) {
            var answer =
                    api.send(
                            "/api/projections/leads/verify",
                            ADMIN,
                            HttpRequest.newBuilder()
                                    .POST(HttpRequest.BodyPublishers.ofString("{\"sample\": 50}")),
                            "Content-Type",
                            "application/json");

            assertThat(answer.status()).as(answer.body()).isEqualTo(202);
            assertThat(
                            models.jdbc()
                                    .sql("select action || ' ' || options from ops.request")
                                    .query(String.class)
                                    .single())
                    .isEqualTo("verify {\"sample\": 50}");
        }
    }

    private void sample(long request, int keys, int differing, String findings) {
        models.jdbc()
                .sql(
                        """
                        insert into ops.sample
                            (request, projection, generation, wanted, seed, keys, rows, differing,
                             findings, ended_at)
                        values (:request, 'leads', 1, 25, 77, :keys, 60, :differing,
                                cast(:findings as jsonb), now())
                        """)
                .param("request", request)
                .param("keys", keys)
                .param("differing", differing)
                .param("findings", findings)
                .update();
    }
}
