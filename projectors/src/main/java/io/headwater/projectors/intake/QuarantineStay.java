package io.headwater.projectors.intake;

import io.headwater.events.lead.SubmissionQuarantined;
import io.headwater.events.lead.SubmissionRejected;
import io.headwater.projectors.platform.fold.Outcome;
import org.apache.avro.specific.SpecificRecord;
import org.jspecify.annotations.Nullable;

/// Which events begin and end a submission's stay in quarantine.
final class QuarantineStay {

    private QuarantineStay() {}

    /// @return the submission that enters or leaves; null when none does
    static @Nullable String submissionOf(SpecificRecord event) {
        if (event instanceof SubmissionRejected rejected) {
            return rejected.getSubmissionId();
        }
        Outcome outcome = Outcome.of(event);
        return outcome != null && (begins(event) || outcome.submission().getReleased())
                ? outcome.submission().getSubmissionId()
                : null;
    }

    static boolean begins(SpecificRecord event) {
        return event instanceof SubmissionQuarantined;
    }
}
