package io.headwater.jobs.lead;

import io.headwater.events.lead.LeadCaptured;
import io.headwater.events.lead.LeadResubmitted;
import io.headwater.events.lead.ScoreRequested;
import io.headwater.events.lead.Submission;
import org.apache.avro.specific.SpecificRecord;
import org.jspecify.annotations.Nullable;

/// Events of leads to what asks for a score: no more of a submission than the score needs, so that
/// nothing personal and nothing large is copied.
final class ScoreRequests {

    private ScoreRequests() {}

    /// @return null when the event asks for no score
    static @Nullable ScoreRequested of(@Nullable SpecificRecord event) {
        return switch (event) {
            case LeadCaptured captured -> of(captured.getLeadId(), captured.getSubmission());
            case LeadResubmitted again -> of(again.getLeadId(), again.getSubmission());
            case null, default -> null;
        };
    }

    /// The visitor, or the lead when there is none.
    static String routingKey(ScoreRequested request) {
        String visitor = request.getVisitorId();
        return visitor == null ? request.getLeadId() : visitor;
    }

    private static ScoreRequested of(String leadId, Submission submission) {
        return new ScoreRequested(
                leadId,
                submission.getSiteId(),
                submission.getSubmissionId(),
                submission.getVisitorId(),
                submission.getSessionId(),
                submission.getReceivedAt());
    }
}
