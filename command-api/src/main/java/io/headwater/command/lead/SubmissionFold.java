package io.headwater.command.lead;

import io.headwater.command.platform.axon.Answer;
import io.headwater.events.EventMeta;
import io.headwater.events.lead.LeadCaptured;
import io.headwater.events.lead.LeadResubmitted;
import io.headwater.events.lead.Submission;
import io.headwater.events.lead.SubmissionBlocked;
import io.headwater.events.lead.SubmissionDuplicated;
import io.headwater.events.lead.SubmissionEdited;
import io.headwater.events.lead.SubmissionQuarantined;
import io.headwater.events.lead.SubmissionRefused;
import io.headwater.events.lead.SubmissionRejected;
import io.headwater.events.lead.SubmissionReleased;
import io.headwater.events.lead.SubmissionTested;
import io.headwater.state.DeliveryState;
import java.time.Instant;
import java.util.HashSet;
import java.util.Map;
import org.apache.avro.specific.SpecificRecord;
import org.jspecify.annotations.Nullable;

/// What events about submissions leave in the stores, and what whoever sent them was told; the same
/// as [SubmissionDesk] does when it decides.
final class SubmissionFold {

    private final Namer names;
    private final IdentityIndex identities;
    private final Deliveries deliveries;
    private final Permissions permissions;
    private final Quarantine quarantine;

    SubmissionFold(
            Namer names,
            IdentityIndex identities,
            Deliveries deliveries,
            Permissions permissions,
            Quarantine quarantine) {
        this.names = names;
        this.identities = identities;
        this.deliveries = deliveries;
        this.permissions = permissions;
        this.quarantine = quarantine;
    }

    /// @return null when the event is about none
    @Nullable Answer fold(String site, SpecificRecord event, EventMeta meta) {
        return switch (event) {
            case LeadCaptured e -> {
                yield told(e.getSubmission(), count(e.getSubmission(), e.getLeadId(), true), 0);
            }
            case LeadResubmitted e -> {
                yield told(e.getSubmission(), count(e.getSubmission(), e.getLeadId(), false), 0);
            }
            case SubmissionDuplicated e -> duplicated(e, meta.getSequence());
            case SubmissionBlocked e -> {
                remember(e.getSubmission(), "blocked", e.getCode());
                yield told(e.getSubmission(), new Triage.Blocked(e.getCode()), meta.getSequence());
            }
            case SubmissionTested e -> {
                remember(e.getSubmission(), "test", e.getCode());
                yield told(e.getSubmission(), new Triage.Test(e.getCode()), meta.getSequence());
            }
            case SubmissionRefused e ->
                    unusable(e.getSubmission(), e.getCode(), e.getDetail(), "refused");
            case SubmissionQuarantined e -> {
                quarantine.take(e.getSubmission(), e.getCode(), e.getDetail());
                yield unusable(e.getSubmission(), e.getCode(), e.getDetail(), "quarantined");
            }
            default -> handled(site, event, meta);
        };
    }

    private @Nullable Answer handled(String site, SpecificRecord event, EventMeta meta) {
        return switch (event) {
            case SubmissionEdited e -> edited(site, e, meta.getSequence());
            case SubmissionReleased e -> released(site, e, meta.getSequence());
            case SubmissionRejected e -> rejected(site, e, meta.getSequence());
            default -> null;
        };
    }

    private Triage count(Submission submission, String leadId, boolean created) {
        var person = names.of(submission);
        identities.learn(person, leadId, created);
        deliveries.remember(Deliveries.keyOf(submission), submission, "accepted", null, leadId);
        deliveries.rememberPerson(submission, leadId);
        permissions.learn(leadId, submission);
        return new Triage.Counted(person, leadId, created, null);
    }

    private void remember(Submission submission, String outcome, String code) {
        deliveries.remember(Deliveries.keyOf(submission), submission, outcome, code, null);
    }

    private Answer duplicated(SubmissionDuplicated event, long sequence) {
        var submission = event.getSubmission();
        String key = Deliveries.keyOf(submission);
        String leadId = event.getLeadId();
        if (event.getRule().equals(SubmissionDesk.PERSON) && leadId != null) {
            deliveries.remember(key, submission, "duplicate", null, leadId);
            permissions.learn(leadId, submission);
            return told(submission, new Triage.SamePerson(leadId, first(event)), sequence);
        }
        var first = deliveries.first(key, submission);
        boolean still = first != null && first.getFirstId().equals(event.getDuplicateOf());
        return told(
                submission,
                new Triage.Repeated(first != null && still ? first : first(event)),
                sequence);
    }

    /// As far as the verdict tells of it: what became of the first one it does not.
    private static DeliveryState first(SubmissionDuplicated event) {
        return DeliveryState.newBuilder()
                .setFirstId(event.getDuplicateOf())
                .setLeadId(event.getLeadId())
                .setOutcome("accepted")
                .setExpiresAt(Instant.EPOCH)
                .setReceivedAt(event.getFirstReceivedAt())
                .setSourceId(event.getFirstSourceId())
                .build();
    }

    private Answer unusable(Submission submission, String code, String detail, String outcome) {
        boolean reused = code.equals(Triage.KEY_REUSED);
        deliveries.remember(
                reused ? null : Deliveries.keyOf(submission), submission, outcome, code, null);
        return SubmissionDesk.answer(submission, new Triage.Unusable(code, detail, reused));
    }

    private Answer edited(String site, SubmissionEdited event, long sequence) {
        String id = event.getSubmissionId();
        var state = quarantine.find(site, id);
        var known = state == null ? null : state.getSubmission();
        if (state == null || known == null) {
            return Answer.accepted("edited", null, Map.of("submission_id", id));
        }
        var names = new HashSet<>(event.getBefore().keySet());
        names.addAll(event.getAfter().keySet());
        var edited = SubmissionChanges.applied(known, names, event.getAfter(), event.getConsents());
        var next = EditRule.edited(state, edited, event.getActor(), sequence);
        quarantine.put(site, id, next);
        var told = LeadDesk.values("submission_id", id, "problem", edited.getProblem());
        told.put("revision", String.valueOf(next.getRevision()));
        return Answer.accepted("edited", null, told);
    }

    /// What it became is told by the next event of the same command.
    private Answer released(String site, SubmissionReleased event, long sequence) {
        String id = event.getSubmissionId();
        var state = quarantine.find(site, id);
        if (state != null) {
            quarantine.put(site, id, ReleaseRule.over(state, sequence));
        }
        return Answer.accepted("accepted", null, Map.of("submission_id", id));
    }

    private Answer rejected(String site, SubmissionRejected event, long sequence) {
        String id = event.getSubmissionId();
        var state = quarantine.find(site, id);
        if (state != null) {
            quarantine.put(site, id, RejectRule.over(state, sequence));
        }
        return Answer.accepted("rejected", null, Map.of("submission_id", id));
    }

    /// @param sequence of the event, where it is the submission's own; 0: it is that of a lead
    private Answer told(Submission submission, Triage triage, long sequence) {
        var answer = SubmissionDesk.answer(submission, triage);
        if (!submission.getReleased()) {
            return answer;
        }
        String id = submission.getSubmissionId();
        var over = quarantine.find(submission.getSiteId(), id);
        if (over != null && over.getOutcome() == null) {
            quarantine.put(
                    submission.getSiteId(),
                    id,
                    ReleaseRule.became(
                            over, answer, sequence == 0 ? over.getSequence() : sequence));
        }
        return QuarantineRule.told(answer, submission);
    }
}
