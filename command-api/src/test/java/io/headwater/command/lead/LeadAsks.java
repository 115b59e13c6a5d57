package io.headwater.command.lead;

import static io.headwater.schema.SampleEvents.SITE;
import static io.headwater.schema.SampleEvents.fact;
import static io.headwater.schema.SampleEvents.submission;

import io.headwater.command.RunningDecider;
import io.headwater.events.command.CommandResult;
import io.headwater.events.lead.CaptureLead;
import io.headwater.events.lead.ChangeLead;
import io.headwater.events.lead.EditSubmission;
import io.headwater.events.lead.RecordFact;
import io.headwater.events.lead.RejectSubmission;
import io.headwater.events.lead.ReleaseSubmission;
import io.headwater.events.lead.Submission;
import io.headwater.schema.PersonalData;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/// Asks a running decider as the parts of command-api do.
record LeadAsks(RunningDecider decider) {

    private static final String ACTOR = "user:anna";

    static Submission.Builder of(String email) {
        String id = UUID.randomUUID().toString();
        return submission()
                .setSubmissionId(id)
                .setDedupKey(id)
                .setBodyHash(id)
                .setReceivedAt(Instant.now())
                .setEmail(PersonalData.of(email))
                .setPhone(null)
                .setVisitorId(null);
    }

    /// One that waits in quarantine.
    static Submission broken(String email) {
        return of(email)
                .setChannel("webhook")
                .setSourceId("ads")
                .setDedupKind("provider_id")
                .setProblem("invalid-phone")
                .setProblemDetail("It is odd.")
                .build();
    }

    /// The same delivery under another id.
    static Submission again(Submission first) {
        return Submission.newBuilder(first).setSubmissionId(UUID.randomUUID().toString()).build();
    }

    CommandResult capture(Submission submission) {
        String id = submission.getSubmissionId();
        return decider.ask(SITE, id, new CaptureLead(id, submission, List.of()));
    }

    CommandResult change(ChangeLead.Builder change) {
        var command = change.setRequestedAt(Instant.now()).build();
        return decider.ask(SITE, command.getCommandId(), command);
    }

    CommandResult release(Submission submission) {
        String id = UUID.randomUUID().toString();
        return decider.ask(
                SITE,
                id,
                ReleaseSubmission.newBuilder()
                        .setCommandId(id)
                        .setSiteId(SITE)
                        .setSubmissionId(submission.getSubmissionId())
                        .setActor(ACTOR)
                        .setRequestedAt(Instant.now())
                        .build());
    }

    /// Nothing is wrong with it any more.
    CommandResult mend(Submission broken) {
        String id = UUID.randomUUID().toString();
        return decider.ask(
                SITE,
                id,
                EditSubmission.newBuilder()
                        .setCommandId(id)
                        .setSiteId(SITE)
                        .setSubmissionId(broken.getSubmissionId())
                        .setAfter(
                                Submission.newBuilder(broken)
                                        .setProblem(null)
                                        .setProblemDetail(null)
                                        .setTimeToSubmitSeconds(2.5)
                                        .build())
                        .setActor(ACTOR)
                        .setRequestedAt(Instant.now())
                        .build());
    }

    CommandResult reject(Submission spam) {
        String id = UUID.randomUUID().toString();
        return decider.ask(
                SITE,
                id,
                RejectSubmission.newBuilder()
                        .setCommandId(id)
                        .setSiteId(SITE)
                        .setSubmissionId(spam.getSubmissionId())
                        .setReasonCode("spam")
                        .setActor(ACTOR)
                        .setRequestedAt(Instant.now())
                        .build());
    }

    CommandResult payment(String factId, String email) {
        String id = UUID.randomUUID().toString();
        var paid =
                fact().setFactId(factId)
                        .setKind("payment_succeeded")
                        .setExternalRef(factId)
                        .setAmountMinor(100L)
                        .setCurrency("EUR")
                        .setEmail(PersonalData.of(email))
                        .build();
        return decider.ask(SITE, id, new RecordFact(id, paid, List.of()));
    }
}
