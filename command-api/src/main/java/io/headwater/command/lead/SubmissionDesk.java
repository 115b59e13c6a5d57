package io.headwater.command.lead;

import io.headwater.command.lead.life.Pipeline;
import io.headwater.command.platform.axon.Answer;
import io.headwater.command.platform.axon.Decision;
import io.headwater.events.Stage;
import io.headwater.events.lead.Submission;
import io.headwater.state.DeliveryState;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Judges submissions, which reads the stores and changes nothing, and lets them have what they
/// were judged to be. In between a rule may still say no, or only tell.
final class SubmissionDesk {

    static final String NO_IDENTITY = "no-identity";
    static final String PERSON = "person";
    private static final String WEBHOOK = "webhook";

    private final LeadDesk desk;

    SubmissionDesk(LeadDesk desk) {
        this.desk = desk;
    }

    /// A submission on its way to its outcome.
    ///
    /// @param sequence of the next event about it: 1, unless it was quarantined before
    record Case(Submission submission, long sequence, Decision<LeadEvent> decision) {

        void append(LeadEvent event) {
            decision.append(submission.getSubmissionId(), sequence, event);
        }
    }

    Triage judge(Submission submission) {
        var first = desk.deliveries().first(Deliveries.keyOf(submission), submission);
        var known = Triage.of(submission, first);
        return known != null ? known : whose(submission);
    }

    private Triage whose(Submission submission) {
        var names = desk.names().of(submission);
        var primary = PrimaryLead.resolve(names, desk::leadOf);
        if (primary == null) {
            return new Triage.Unusable(
                    NO_IDENTITY,
                    "There is no e-mail, phone or visitor to know the person by.",
                    false);
        }
        String known = primary.leadId();
        if (known == null) {
            return new Triage.Counted(names, newLeadId(submission), true, null);
        }
        var first = desk.deliveries().ofPerson(submission, known);
        return first != null
                ? new Triage.SamePerson(known, first)
                : new Triage.Counted(names, known, false, primary.conflictingLeadId());
    }

    Answer settle(Case of, Triage triage, List<Stage> pipeline) {
        var submission = of.submission();
        String key = Deliveries.keyOf(submission);
        switch (triage) {
            case Triage.Repeated(var first) ->
                    of.append(
                            new LeadEvent.Duplicated(
                                    submission,
                                    first,
                                    first.getLeadId(),
                                    submission.getDedupKind()));
            case Triage.SamePerson(var leadId, var first) -> {
                of.append(new LeadEvent.Duplicated(submission, first, leadId, PERSON));
                desk.deliveries().remember(key, submission, "duplicate", null, leadId);
                desk.permissions().learn(leadId, submission);
            }
            case Triage.Blocked(var code) -> {
                of.append(new LeadEvent.Blocked(submission, code));
                desk.deliveries().remember(key, submission, "blocked", code, null);
            }
            case Triage.Test(var code) -> {
                of.append(new LeadEvent.Tested(submission, code));
                desk.deliveries().remember(key, submission, "test", code, null);
            }
            case Triage.Unusable(var code, var detail, var reused) -> {
                boolean waits = waits(submission);
                of.append(
                        waits
                                ? new LeadEvent.Quarantined(submission, code, detail)
                                : new LeadEvent.Refused(submission, code, detail));
                if (waits) {
                    desk.quarantine().take(submission, code, detail);
                }
                desk.deliveries()
                        .remember(
                                reused ? null : key,
                                submission,
                                waits ? "quarantined" : "refused",
                                code,
                                null);
            }
            case Triage.Counted counted -> count(submission, counted, key, pipeline);
        }
        return answer(submission, triage);
    }

    private void count(
            Submission submission,
            Triage.Counted counted,
            @Nullable String key,
            List<Stage> pipeline) {
        String leadId = counted.leadId();
        var waiting = desk.waiting().take(counted.names().anywhere());
        String outcome =
                desk.decide(
                        new LeadCommand.Capture(
                                leadId,
                                submission,
                                counted.conflictingLeadId(),
                                waiting,
                                desk.reengageAfter(),
                                Pipeline.of(pipeline)));
        waiting.forEach(
                fact -> desk.deliveries().rememberFact(submission.getSiteId(), fact.id(), leadId));
        desk.identities().learn(counted.names(), leadId, counted.created());
        desk.deliveries().remember(key, submission, outcome, null, leadId);
        desk.deliveries().rememberPerson(submission, leadId);
        desk.permissions().learn(leadId, submission);
    }

    /// Providers send once: what they sent and cannot be used waits for somebody. Others are told.
    private static boolean waits(Submission submission) {
        return submission.getChannel().equals(WEBHOOK);
    }

    /// What whoever sent it is told; the same words whether it was written or only judged.
    static Answer answer(Submission submission, Triage triage) {
        return switch (triage) {
            case Triage.Repeated(var first) -> repeated(submission, first);
            case Triage.SamePerson(var leadId, var first) -> {
                var values = ids(submission, leadId);
                values.putAll(duplicateOf(submission, first, leadId));
                values.put("rule", PERSON);
                yield Answer.accepted("duplicate", leadId, values);
            }
            // names a lead as any other would: a robot learns nothing from it
            case Triage.Blocked _ ->
                    Answer.accepted("blocked", null, ids(submission, newLeadId(submission)));
            case Triage.Test(var code) -> {
                var values = ids(submission, null);
                values.put("test_code", code);
                yield Answer.accepted("test", null, values);
            }
            case Triage.Unusable(var code, var detail, _) ->
                    new Answer(
                            waits(submission),
                            waits(submission) ? "quarantined" : "refused",
                            code,
                            detail,
                            null,
                            ids(submission, null));
            case Triage.Counted counted -> {
                var values = ids(submission, counted.leadId());
                values.put("created", String.valueOf(counted.created()));
                yield Answer.accepted("accepted", counted.leadId(), values);
            }
        };
    }

    private static Answer repeated(Submission submission, DeliveryState first) {
        String leadId =
                first.getOutcome().equals("blocked")
                        // the same as the first time, and then a blocked one was told an id, too
                        ? LeadDesk.leadId(submission.getSiteId(), first.getFirstId())
                        : first.getLeadId();
        var values = values("submission_id", first.getFirstId(), "lead_id", leadId);
        values.putAll(duplicateOf(submission, first, leadId));
        values.put("rule", submission.getDedupKind());
        values.put("first_outcome", first.getOutcome());
        if (first.getCode() != null) {
            values.put("first_code", first.getCode());
        }
        return Answer.accepted("duplicate", first.getLeadId(), values);
    }

    private static Map<String, String> duplicateOf(
            Submission submission, DeliveryState first, @Nullable String leadId) {
        var values = values("duplicate_of", first.getFirstId(), "duplicate_of_lead_id", leadId);
        Instant received = first.getReceivedAt();
        if (received != null) {
            values.put("duplicate_of_received_at", received.toString());
            long age = Duration.between(received, submission.getReceivedAt()).toSeconds();
            values.put("duplicate_age_seconds", String.valueOf(age));
        }
        if (first.getSourceId() != null) {
            values.put("duplicate_of_source_id", first.getSourceId());
        }
        return values;
    }

    private static String newLeadId(Submission submission) {
        return LeadDesk.leadId(submission.getSiteId(), submission.getSubmissionId());
    }

    private static Map<String, String> ids(Submission submission, @Nullable String leadId) {
        return values("submission_id", submission.getSubmissionId(), "lead_id", leadId);
    }

    private static Map<String, String> values(
            String name, String value, String optional, @Nullable String given) {
        return new LinkedHashMap<>(LeadDesk.values(name, value, optional, given));
    }
}
