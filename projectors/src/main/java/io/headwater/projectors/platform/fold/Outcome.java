package io.headwater.projectors.platform.fold;

import io.headwater.events.lead.LeadCaptured;
import io.headwater.events.lead.LeadResubmitted;
import io.headwater.events.lead.Submission;
import io.headwater.events.lead.SubmissionBlocked;
import io.headwater.events.lead.SubmissionDuplicated;
import io.headwater.events.lead.SubmissionQuarantined;
import io.headwater.events.lead.SubmissionRefused;
import io.headwater.events.lead.SubmissionTested;
import java.util.Locale;
import org.apache.avro.specific.SpecificRecord;
import org.jspecify.annotations.Nullable;

/// What became of one submission: every submission has exactly one such event, and a second one
/// when it was released from quarantine.
///
/// @param code why, when not accepted
/// @param leadId where it went, if anywhere
public record Outcome(
        Kind kind,
        Submission submission,
        @Nullable String leadId,
        @Nullable String code,
        @Nullable String detail,
        @Nullable String duplicateOf) {

    /// The right side of the accounting identity.
    public enum Kind {
        ACCEPTED,
        DUPLICATE,
        BLOCKED,
        TEST,
        REFUSED,
        QUARANTINED;

        private final String text = name().toLowerCase(Locale.ROOT);

        /// accepted, duplicate, blocked, test, refused or quarantined
        public String text() {
            return text;
        }
    }

    /// @return null for events about no submission
    public static @Nullable Outcome of(SpecificRecord event) {
        return switch (event) {
            case LeadCaptured e -> accepted(e.getSubmission(), e.getLeadId());
            case LeadResubmitted e -> accepted(e.getSubmission(), e.getLeadId());
            case SubmissionDuplicated e ->
                    new Outcome(
                            Kind.DUPLICATE,
                            e.getSubmission(),
                            e.getLeadId(),
                            e.getRule(),
                            null,
                            e.getDuplicateOf());
            case SubmissionBlocked e -> without(Kind.BLOCKED, e.getSubmission(), e.getCode(), null);
            case SubmissionTested e -> without(Kind.TEST, e.getSubmission(), e.getCode(), null);
            case SubmissionRefused e ->
                    without(Kind.REFUSED, e.getSubmission(), e.getCode(), e.getDetail());
            case SubmissionQuarantined e ->
                    without(Kind.QUARANTINED, e.getSubmission(), e.getCode(), e.getDetail());
            default -> null;
        };
    }

    /// accepted, duplicate, blocked, test, refused or quarantined
    public String name() {
        return kind.text;
    }

    /// @return 1 when it became this, else 0
    public long count(Kind asked) {
        return kind == asked ? 1 : 0;
    }

    private static Outcome accepted(Submission submission, String leadId) {
        return new Outcome(Kind.ACCEPTED, submission, leadId, null, null, null);
    }

    private static Outcome without(
            Kind kind, Submission submission, String code, @Nullable String detail) {
        return new Outcome(kind, submission, null, code, detail, null);
    }
}
