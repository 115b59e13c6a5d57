package io.headwater.command.lead;

import io.headwater.events.lead.Submission;
import io.headwater.state.DeliveryState;
import org.jspecify.annotations.Nullable;

/// What becomes of a submission, before anything is written: first match of repeated, blocked,
/// test, unusable; else it depends on whose it is.
sealed interface Triage {

    String KEY_REUSED = "idempotency-key-reused";

    /// A repeated delivery: counted, not linked.
    record Repeated(DeliveryState first) implements Triage {}

    /// Kept apart, and the caller sees success.
    record Blocked(String code) implements Triage {}

    record Test(String code) implements Triage {}

    /// Authentic but unusable as it is.
    ///
    /// @param reused an idempotency key with another body: not the first of its key, so not kept
    record Unusable(String code, String detail, boolean reused) implements Triage {}

    /// The same person again, through the same source and within its window: counted, not linked.
    record SamePerson(String leadId, DeliveryState first) implements Triage {}

    /// @param created whether it opens the lead
    /// @param conflictingLeadId the lead that the phone names while the e-mail names this one
    record Counted(
            Identities names, String leadId, boolean created, @Nullable String conflictingLeadId)
            implements Triage {}

    /// @param first what its dedup key stands for, unless that has expired
    /// @return null: that depends on whose it is
    static @Nullable Triage of(Submission submission, @Nullable DeliveryState first) {
        if (first != null) {
            return repeated(submission, first);
        }
        if (submission.getBlockCode() != null) {
            return new Blocked(submission.getBlockCode());
        }
        if (submission.getHoneypotFilled() && submission.getBotDetection()) {
            return new Blocked("honeypot");
        }
        if (submission.getTestCode() != null) {
            return new Test(submission.getTestCode());
        }
        if (submission.getTest()) {
            return new Test("marked");
        }
        String problem = submission.getProblem();
        if (problem != null) {
            String detail = submission.getProblemDetail();
            return new Unusable(problem, detail == null ? problem : detail, false);
        }
        return null;
    }

    private static Triage repeated(Submission submission, DeliveryState first) {
        boolean sameBody = submission.getBodyHash().equals(first.getBodyHash());
        if (sameBody || !submission.getDedupKind().equals(Deliveries.IDEMPOTENCY_KEY)) {
            return new Repeated(first);
        }
        return new Unusable(
                KEY_REUSED, "This idempotency key was used before with another body.", true);
    }
}
