package io.headwater.command.edge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.headwater.events.intake.WebhookReceived;
import io.headwater.events.lead.CaptureLead;
import io.headwater.events.lead.Submission;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// What makes a repeat recognisable, and what it is told.
@SuppressWarnings("NullAway.Init")
class DedupHttpTest {

    @RegisterExtension static final EdgeServer server = new EdgeServer();

    private static List<Submission> delivered(String body, String... headers) {
        var all = new String[headers.length + 2];
        all[0] = "X-API-Key";
        all[1] = "generic-key-1";
        System.arraycopy(headers, 0, all, 2, headers.length);
        assertThat(server.json("/webhooks/generic/x1", body, all).status()).isEqualTo(200);
        return server.log.of(CaptureLead.class).stream().map(CaptureLead::getSubmission).toList();
    }

    private static EdgeServer.Answer captured(String body, String... headers) {
        var all = new String[headers.length + 2];
        all[0] = "X-API-Key";
        all[1] = FakeDirectory.API_KEY;
        System.arraycopy(headers, 0, all, 2, headers.length);
        return server.json("/lead.capture", body, all);
    }

    @Test
    void anIdempotencyKeyOfADeliveryComesBeforeTheProvidersId() {
        var one =
                delivered(
                        "{\"email\":\"a@b.test\",\"external_id\":\"E1\"}", "Idempotency-Key", "k1");

        assertThat(one.getLast().getDedupKind()).isEqualTo("idempotency_key");
        assertThat(one.getLast().getDedupKey()).isEqualTo("k1");
        assertThat(one.getLast().getDuplicateWindowSeconds()).isEqualTo(86_400);
    }

    @Test
    void eachItemOfADeliveryHasItsOwn() {
        var all =
                delivered(
                        "[{\"email\":\"a@b.test\"},{\"email\":\"c@d.test\"}]",
                        "Idempotency-Key",
                        "k1");

        assertThat(all).extracting(Submission::getDedupKey).containsExactly("k1#0", "k1#1");
    }

    @Test
    void withoutOneTheProvidersIdCountsAndALongOneByItsHash() {
        var all =
                delivered(
                        "[{\"email\":\"a@b.test\",\"external_id\":\"E1\"},{\"email\":\"c@d.test\"}]",
                        "webhook-id",
                        "m".repeat(300));

        assertThat(all).extracting(Submission::getDedupKind).containsOnly("provider_id");
        assertThat(all)
                .extracting(Submission::getDedupKey)
                .doesNotHaveDuplicates()
                .allSatisfy(key -> assertThat(key).startsWith("sha256:").hasSize(71));
    }

    @Test
    void aTestIsRecognisedByAnIdempotencyKeyOnly() {
        var keyed =
                delivered(
                        "{\"email\":\"a@b.test\",\"test\":true,\"external_id\":\"E1\"}",
                        "Idempotency-Key",
                        "k1");
        assertThat(keyed.getLast().getDedupKind()).isEqualTo("idempotency_key");

        var other = delivered("{\"email\":\"a@b.test\",\"test\":true,\"external_id\":\"E1\"}");
        assertThat(other.getLast().getDedupKind()).isEqualTo("none");
    }

    @Test
    void aDeliveryNamesItsSubmissionsAndTheMappingThatReadThem() {
        var all = delivered("[{\"email\":\"a@b.test\"},{\"email\":\"c@d.test\"}]");

        assertThat(server.log.of(WebhookReceived.class).getFirst().getSubmissionIds())
                .containsExactlyElementsOf(all.stream().map(Submission::getSubmissionId).toList());
        assertThat(all).extracting(Submission::getMappingVersion).containsOnlyNulls();
    }

    @Test
    void aKeyWhoseFirstRequestIsNotAnsweredYetIsInFlight() {
        server.results.outcome = null;
        String body = "{\"email\":\"a@b.test\"}";
        var first =
                CompletableFuture.supplyAsync(
                        () -> captured(body, "Idempotency-Key", "k1", "Prefer", "wait=5"));
        await().atMost(Duration.ofSeconds(10)).until(() -> !server.log.appends.isEmpty());

        var second = captured(body, "Idempotency-Key", "k1", "Prefer", "wait=0");
        var other = captured(body, "Idempotency-Key", "k2", "Prefer", "wait=0");

        assertThat(second.status()).isEqualTo(409);
        assertThat(second.text("type")).isEqualTo("/problems/idempotency-key-in-flight");
        assertThat(second.header("Retry-After")).isEqualTo("1");
        assertThat(other.status()).isEqualTo(202);
        assertThat(first.join().status()).isEqualTo(202);
        assertThat(captured(body, "Idempotency-Key", "k1", "Prefer", "wait=0").status())
                .isEqualTo(202);
    }

    @Test
    void aDuplicateIsToldOfWhatItIsOne() {
        server.results.outcome = "duplicate";
        server.results.values =
                Map.of(
                        "submission_id", "s1",
                        "lead_id", "lakeside_1",
                        "first_outcome", "accepted",
                        "duplicate_of", "s1",
                        "duplicate_of_lead_id", "lakeside_1",
                        "duplicate_of_received_at", "2026-11-20T12:00:00Z",
                        "duplicate_age_seconds", "90");

        var answer = captured("{\"email\":\"a@b.test\"}");

        var first = answer.json().path("duplicate_of");
        assertThat(answer.text("status")).isEqualTo("duplicate");
        assertThat(first.path("submission_id").asString()).isEqualTo("s1");
        assertThat(first.path("lead_id").asString()).isEqualTo("lakeside_1");
        assertThat(first.path("age_seconds").asLong()).isEqualTo(90);
        assertThat(first.path("received_at").asString()).isEqualTo("2026-11-20T12:00:00Z");
        assertThat(first.path("source_id").isNull()).isTrue();
    }
}
