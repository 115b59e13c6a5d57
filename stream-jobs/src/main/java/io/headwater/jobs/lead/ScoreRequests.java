package io.headwater.jobs.lead;

import io.headwater.events.lead.LeadCaptured;
import io.headwater.events.lead.LeadResubmitted;
import io.headwater.events.lead.ScoreRequested;
import io.headwater.events.lead.Submission;
import io.headwater.events.lead.SubmissionBlocked;
import io.headwater.events.lead.SubmissionDuplicated;
import io.headwater.events.lead.SubmissionQuarantined;
import java.util.Set;
import org.apache.avro.specific.SpecificRecord;
import org.jspecify.annotations.Nullable;

/// Events of leads to what asks for a score: no more of a submission than the score needs, so that
/// nothing personal and nothing large is copied.
final class ScoreRequests {

    private static final String WEBHOOK = "webhook";

    /// Somebody submitted again; by another rule it is the same request sent again.
    private static final Set<String> SUBMITTED_AGAIN = Set.of("body_hash", "person");

    private ScoreRequests() {}

    /// What somebody submitted, whatever became of it. Tests, imports and requests that were merely
    /// sent again are not.
    ///
    /// @return null when the event is of no concern
    static @Nullable Submission counted(@Nullable SpecificRecord event) {
        Submission submission =
                switch (event) {
                    case LeadCaptured captured -> captured.getSubmission();
                    case LeadResubmitted again -> again.getSubmission();
                    case SubmissionDuplicated duplicate ->
                            SUBMITTED_AGAIN.contains(duplicate.getRule())
                                    ? duplicate.getSubmission()
                                    : null;
                    case SubmissionBlocked blocked -> blocked.getSubmission();
                    case SubmissionQuarantined waiting -> waiting.getSubmission();
                    case null, default -> null;
                };
        return submission;
    }

    /// @param recent of the same visitor or address within 24 hours, this one included
    /// @return null when the event asks for no score
    static @Nullable ScoreRequested of(@Nullable SpecificRecord event, int recent) {
        return switch (event) {
            case LeadCaptured captured ->
                    of(captured.getLeadId(), captured.getSubmission(), recent);
            case LeadResubmitted again -> of(again.getLeadId(), again.getSubmission(), recent);
            case SubmissionDuplicated duplicate -> {
                String leadId = duplicate.getLeadId();
                yield leadId == null ? null : of(leadId, duplicate.getSubmission(), recent);
            }
            case null, default -> null;
        };
    }

    /// The visitor, or the lead when there is none.
    static String routingKey(ScoreRequested request) {
        String visitor = request.getVisitorId();
        return visitor == null ? request.getLeadId() : visitor;
    }

    private static ScoreRequested of(String leadId, Submission submission, int recent) {
        return ScoreRequested.newBuilder()
                .setLeadId(leadId)
                .setSiteId(submission.getSiteId())
                .setSubmissionId(submission.getSubmissionId())
                .setVisitorId(submission.getVisitorId())
                .setSessionId(submission.getSessionId())
                .setSubmittedAt(submission.getReceivedAt())
                .setExpectsSession(!submission.getChannel().equals(WEBHOOK))
                .setHoneypotFilled(submission.getHoneypotFilled())
                .setTimeToSubmitSeconds(submission.getTimeToSubmitSeconds())
                .setCompetitorEmail(submission.getCompetitorEmail())
                .setRecentSubmissions(recent)
                .setHosting(submission.getHosting())
                .setBotScore(submission.getBotScore())
                .build();
    }
}
