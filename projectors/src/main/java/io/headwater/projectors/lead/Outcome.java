package io.headwater.projectors.lead;

import io.headwater.events.lead.LeadCaptured;
import io.headwater.events.lead.LeadResubmitted;
import io.headwater.events.lead.Submission;
import io.headwater.events.lead.SubmissionBlocked;
import io.headwater.events.lead.SubmissionDuplicated;
import io.headwater.events.lead.SubmissionQuarantined;
import io.headwater.events.lead.SubmissionRefused;
import io.headwater.events.lead.SubmissionTested;
import org.apache.avro.specific.SpecificRecord;
import org.jspecify.annotations.Nullable;

/// What became of one submission: every submission has exactly one such event.
///
/// @param name accepted, duplicate, blocked, test, refused or quarantined
/// @param code why, when not accepted
/// @param leadId where it went, if anywhere
record Outcome(
        String name,
        Submission submission,
        @Nullable String leadId,
        @Nullable String code,
        @Nullable String detail,
        @Nullable String duplicateOf) {

    /// @return null for events about no submission
    static @Nullable Outcome of(SpecificRecord event) {
        return switch (event) {
            case LeadCaptured e ->
                    new Outcome("accepted", e.getSubmission(), e.getLeadId(), null, null, null);
            case LeadResubmitted e ->
                    new Outcome("accepted", e.getSubmission(), e.getLeadId(), null, null, null);
            case SubmissionDuplicated e ->
                    new Outcome(
                            "duplicate",
                            e.getSubmission(),
                            e.getLeadId(),
                            e.getRule(),
                            null,
                            e.getDuplicateOf());
            case SubmissionBlocked e ->
                    new Outcome("blocked", e.getSubmission(), null, e.getCode(), null, null);
            case SubmissionTested e ->
                    new Outcome("test", e.getSubmission(), null, e.getCode(), null, null);
            case SubmissionRefused e ->
                    new Outcome(
                            "refused", e.getSubmission(), null, e.getCode(), e.getDetail(), null);
            case SubmissionQuarantined e ->
                    new Outcome(
                            "quarantined",
                            e.getSubmission(),
                            null,
                            e.getCode(),
                            e.getDetail(),
                            null);
            default -> null;
        };
    }
}
