package io.headwater.command.lead;

import io.headwater.events.EventMeta;
import io.headwater.events.lead.FactAttributed;
import io.headwater.events.lead.FactRecorded;
import io.headwater.events.lead.LeadCaptured;
import io.headwater.events.lead.LeadResubmitted;
import io.headwater.events.lead.LeadScored;
import io.headwater.events.lead.SubmissionBlocked;
import io.headwater.events.lead.SubmissionDuplicated;
import io.headwater.events.lead.SubmissionQuarantined;
import io.headwater.events.lead.SubmissionRefused;
import io.headwater.events.lead.SubmissionTested;
import java.time.Instant;
import org.apache.avro.specific.SpecificRecord;

/// Inside to outside; the record key stays the command's, the site.
final class LeadPublisher {

    private LeadPublisher() {}

    static SpecificRecord publish(LeadEvent event, EventMeta meta) {
        return switch (event) {
            case LeadEvent.Captured(var leadId, var submission) ->
                    LeadCaptured.newBuilder()
                            .setMeta(meta)
                            .setLeadId(leadId)
                            .setSubmission(submission)
                            .build();
            case LeadEvent.Resubmitted(
                            var leadId,
                            var submission,
                            var reengaged,
                            var conflictingLeadId) ->
                    new LeadResubmitted(meta, leadId, submission, reengaged, conflictingLeadId);
            case LeadEvent.Duplicated(var submission, var first, var leadId, var rule) ->
                    new SubmissionDuplicated(meta, submission, first, leadId, rule);
            case LeadEvent.Blocked(var submission, var code) ->
                    new SubmissionBlocked(meta, submission, code);
            case LeadEvent.Tested(var submission, var code) ->
                    new SubmissionTested(meta, submission, code);
            case LeadEvent.Refused(var submission, var code, var detail) ->
                    new SubmissionRefused(meta, submission, code, detail);
            case LeadEvent.Quarantined(var submission, var code, var detail) ->
                    new SubmissionQuarantined(meta, submission, code, detail);
            case LeadEvent.Scored(var leadId, var engagement, var submittedAt) ->
                    scored(meta, leadId, engagement, submittedAt);
            case LeadEvent.FactRecorded(var leadId, var fact) ->
                    new FactRecorded(meta, fact, leadId);
            case LeadEvent.FactAttributed(var leadId, var factId) ->
                    FactAttributed.newBuilder()
                            .setMeta(meta)
                            .setFactId(factId)
                            .setLeadId(leadId)
                            .build();
        };
    }

    private static LeadScored scored(
            EventMeta meta, String leadId, Engagement engagement, Instant submittedAt) {
        return LeadScored.newBuilder()
                .setMeta(meta)
                .setLeadId(leadId)
                .setSessionId(engagement.sessionId())
                .setEngagementScore(engagement.score())
                .setEngagementLabel(engagement.label())
                .setSessionDurationSeconds(engagement.durationSeconds())
                .setPagesVisited(engagement.pagesVisited())
                .setReturnVisits(engagement.returnVisits())
                .setScoreVersion(engagement.formula())
                .setSubmittedAt(submittedAt)
                .build();
    }
}
