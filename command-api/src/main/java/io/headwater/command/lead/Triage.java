package io.headwater.command.lead;

import io.headwater.events.lead.Submission;
import io.headwater.state.DeliveryState;
import org.jspecify.annotations.Nullable;

/// What a submission is, before the question whose it is: first match of repeated, blocked, test,
/// unusable, and else a candidate for a lead.
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

    record Candidate() implements Triage {}

    /// @param first what its dedup key stands for, unless that has expired
    static Triage of(Submission submission, @Nullable DeliveryState first) {
        if (first != null) {
            return repeated(submission, first);
        }
        if (submission.getHoneypotFilled()) {
            return new Blocked("honeypot");
        }
        if (submission.getTest()) {
            return new Test("marked");
        }
        String problem = submission.getProblem();
        if (problem != null) {
            String detail = submission.getProblemDetail();
            return new Unusable(problem, detail == null ? problem : detail, false);
        }
        return new Candidate();
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
