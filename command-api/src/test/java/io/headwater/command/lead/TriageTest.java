package io.headwater.command.lead;

import static io.headwater.schema.SampleEvents.submission;
import static org.assertj.core.api.Assertions.assertThat;

import io.headwater.state.DeliveryState;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class TriageTest {

    private static final DeliveryState FIRST =
            DeliveryState.newBuilder()
                    .setFirstId("first")
                    .setLeadId("lead")
                    .setBodyHash(submission().build().getBodyHash())
                    .setOutcome("accepted")
                    .setExpiresAt(Instant.EPOCH)
                    .build();

    @Test
    void repeatComesBeforeEverythingElse() {
        var robot = submission().setHoneypotFilled(true).setTest(true).setProblem("bad").build();
        assertThat(Triage.of(robot, FIRST)).isEqualTo(new Triage.Repeated(FIRST));
    }

    @Test
    void honeypotComesBeforeTest() {
        var robot = submission().setHoneypotFilled(true).setTest(true).build();
        assertThat(Triage.of(robot, null)).isEqualTo(new Triage.Blocked("honeypot"));
    }

    @Test
    void testComesBeforeProblem() {
        var test = submission().setTest(true).setProblem("bad").build();
        assertThat(Triage.of(test, null)).isEqualTo(new Triage.Test("marked"));
    }

    @Test
    void problemMakesItUnusable() {
        var odd = submission().setProblem("bad").setProblemDetail("The phone is odd.").build();
        assertThat(Triage.of(odd, null))
                .isEqualTo(new Triage.Unusable("bad", "The phone is odd.", false));
    }

    @Test
    void reusedIdempotencyKeyWithAnotherBodyIsUnusable() {
        var reused =
                submission()
                        .setDedupKind(Deliveries.IDEMPOTENCY_KEY)
                        .setBodyHash("another")
                        .build();
        assertThat(Triage.of(reused, FIRST))
                .isInstanceOfSatisfying(
                        Triage.Unusable.class,
                        unusable -> {
                            assertThat(unusable.code()).isEqualTo("idempotency-key-reused");
                            assertThat(unusable.reused()).isTrue();
                        });
    }

    @Test
    void providerIdIsARepeatWhateverTheBody() {
        var repeat = submission().setDedupKind("provider_id").setBodyHash("another").build();
        assertThat(Triage.of(repeat, FIRST)).isEqualTo(new Triage.Repeated(FIRST));
    }

    @Test
    void testsAreRecognisedByIdempotencyKeyOnly() {
        var test = submission().setTest(true);
        assertThat(Deliveries.keyOf(test.setDedupKind("body_hash").build())).isNull();
        assertThat(Deliveries.keyOf(test.setDedupKind("provider_id").build())).isNull();
        assertThat(Deliveries.keyOf(test.setDedupKind("idempotency_key").build())).isNotNull();
    }

    @Test
    void scopesAreApart() {
        assertThat(Deliveries.keyOf(submission().setFormId("other").build()))
                .isNotEqualTo(Deliveries.keyOf(submission().build()));
        assertThat(Deliveries.keyOf(submission().setSourceId("source").build()))
                .isNotEqualTo(Deliveries.keyOf(submission().setIntegrationId("source").build()));
    }
}
