package io.headwater.command.lead;

import io.headwater.events.EventMeta;
import io.headwater.events.lead.FactAttributed;
import io.headwater.events.lead.FactRecorded;
import io.headwater.events.lead.LeadCaptured;
import io.headwater.events.lead.LeadResubmitted;
import io.headwater.events.lead.LeadScored;
import io.headwater.events.lead.SubmissionBlocked;
import io.headwater.events.lead.SubmissionDuplicated;
import io.headwater.events.lead.SubmissionEdited;
import io.headwater.events.lead.SubmissionQuarantined;
import io.headwater.events.lead.SubmissionRefused;
import io.headwater.events.lead.SubmissionRejected;
import io.headwater.events.lead.SubmissionReleased;
import io.headwater.events.lead.SubmissionTested;
import java.time.Instant;
import org.apache.avro.specific.SpecificRecord;

/// Inside to outside; the record key stays the command's, the site.
final class LeadPublisher {

    private LeadPublisher() {}

    static SpecificRecord publish(LeadEvent event, EventMeta meta) {
        return switch (event) {
            case LeadEvent.Captured(var leadId, var submission, var stage) ->
                    LeadCaptured.newBuilder()
                            .setMeta(meta)
                            .setLeadId(leadId)
                            .setStage(stage)
                            .setSubmission(submission)
                            .build();
            case LeadEvent.Resubmitted(
                            var leadId,
                            var submission,
                            var reengaged,
                            var conflictingLeadId) ->
                    new LeadResubmitted(meta, leadId, submission, reengaged, conflictingLeadId);
            case LeadEvent.Duplicated duplicated -> duplicated(meta, duplicated);
            case LeadEvent.Blocked(var submission, var code) ->
                    new SubmissionBlocked(meta, submission, code);
            case LeadEvent.Tested(var submission, var code) ->
                    new SubmissionTested(meta, submission, code);
            case LeadEvent.Refused(var submission, var code, var detail) ->
                    new SubmissionRefused(meta, submission, code, detail);
            case LeadEvent.Quarantined(var submission, var code, var detail) ->
                    new SubmissionQuarantined(meta, submission, code, detail);
            case LeadEvent.Edited edited -> edited(meta, edited);
            case LeadEvent.LetIn(var submissionId, var planId, var actor) ->
                    new SubmissionReleased(meta, submissionId, planId, actor);
            case LeadEvent.Rejected(
                            var submissionId,
                            var reasonCode,
                            var reason,
                            var planId,
                            var actor) ->
                    new SubmissionRejected(meta, submissionId, reasonCode, reason, planId, actor);
            case LeadEvent.Scored(var leadId, var engagement, var submittedAt) ->
                    scored(meta, leadId, engagement, submittedAt);
            case LeadEvent.FactRecorded(var leadId, var fact) ->
                    new FactRecorded(meta, fact, leadId);
            case LeadEvent.Lived(_, var what) -> LifePublisher.publish(what, meta);
            case LeadEvent.FactAttributed(var leadId, var factId, var note) ->
                    FactAttributed.newBuilder()
                            .setMeta(meta)
                            .setFactId(factId)
                            .setLeadId(leadId)
                            .setFact(note == null ? null : note.digest())
                            .build();
        };
    }

    private static SubmissionDuplicated duplicated(
            EventMeta meta, LeadEvent.Duplicated duplicated) {
        var first = duplicated.first();
        return SubmissionDuplicated.newBuilder()
                .setMeta(meta)
                .setSubmission(duplicated.submission())
                .setDuplicateOf(first.getFirstId())
                .setLeadId(duplicated.leadId())
                .setRule(duplicated.rule())
                .setFirstReceivedAt(first.getReceivedAt())
                .setFirstSourceId(first.getSourceId())
                .build();
    }

    private static SubmissionEdited edited(EventMeta meta, LeadEvent.Edited edited) {
        return SubmissionEdited.newBuilder()
                .setMeta(meta)
                .setSubmissionId(edited.submissionId())
                .setBefore(edited.before())
                .setAfter(edited.after())
                .setConsents(edited.consents())
                .setActor(edited.actor())
                .build();
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
                .setSuspicionScore(engagement.judgement().suspicionScore())
                .setSuspicionReasons(engagement.judgement().reasons())
                .setVpnScore(engagement.judgement().vpnScore())
                .setVpnSuspected(engagement.judgement().vpnSuspected())
                .setSubmittedAt(submittedAt)
                .build();
    }
}
