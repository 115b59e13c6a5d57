package io.headwater.command.lead;

import io.headwater.command.platform.axon.Answer;
import io.headwater.command.platform.axon.CommandHeader;
import io.headwater.command.platform.axon.Decision;
import io.headwater.events.lead.CaptureLead;
import io.headwater.events.lead.Submission;
import io.headwater.state.DeliveryState;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Takes a submission: judges what it is ([Triage]) and whose ([PrimaryLead]), lets the lead take
/// it, and remembers what the next one must know.
final class CaptureRule implements LeadRule<CaptureLead> {

    private static final String NO_IDENTITY = "no-identity";
    private static final String WEBHOOK = "webhook";
    private static final long LONGEST_WINDOW = Duration.ofDays(366).toSeconds();

    private final LeadDesk desk;

    CaptureRule(LeadDesk desk) {
        this.desk = desk;
    }

    @Override
    public Class<CaptureLead> command() {
        return CaptureLead.class;
    }

    @Override
    public CommandHeader header(CaptureLead command) {
        Submission submission = command.getSubmission();
        long window = submission.getDuplicateWindowSeconds();
        LeadRule.require(window >= 0 && window <= LONGEST_WINDOW, "duplicate window out of range");
        LeadRule.require(
                command.getCommandId().equals(submission.getSubmissionId()),
                "command id is not the submission id");
        return new CommandHeader(
                command.getCommandId(), submission.getSiteId(), submission.getReceivedAt());
    }

    @Override
    public Answer decide(CaptureLead command, Decision<LeadEvent> decision) {
        var submission = command.getSubmission();
        String key = Deliveries.keyOf(submission);
        var first = desk.deliveries().first(key, submission.getReceivedAt());
        return switch (Triage.of(submission, first)) {
            case Triage.Repeated(var original) -> repeated(submission, original, decision);
            case Triage.Blocked(var code) -> blocked(submission, code, key, decision);
            case Triage.Test(var code) -> {
                decision.append(
                        submission.getSubmissionId(), new LeadEvent.Tested(submission, code));
                desk.deliveries().remember(key, submission, "test", code, null);
                yield Answer.accepted("test", null, ids(submission, null));
            }
            case Triage.Unusable(var code, var detail, var reused) ->
                    unusable(submission, code, detail, reused ? null : key, decision);
            case Triage.Candidate() -> candidate(submission, key, decision);
        };
    }

    private Answer repeated(
            Submission submission, DeliveryState first, Decision<LeadEvent> decision) {
        decision.append(
                submission.getSubmissionId(),
                new LeadEvent.Duplicated(
                        submission,
                        first.getFirstId(),
                        first.getLeadId(),
                        submission.getDedupKind()));
        var values =
                LeadDesk.values(
                        "submission_id",
                        first.getFirstId(),
                        "lead_id",
                        answeredLeadId(submission, first));
        values.put("first_outcome", first.getOutcome());
        if (first.getCode() != null) {
            values.put("first_code", first.getCode());
        }
        return Answer.accepted("duplicate", first.getLeadId(), values);
    }

    /// The same as the first time, and then a blocked one was told an id, too.
    private static @Nullable String answeredLeadId(Submission repeat, DeliveryState first) {
        return first.getOutcome().equals("blocked")
                ? LeadDesk.leadId(repeat.getSiteId(), first.getFirstId())
                : first.getLeadId();
    }

    /// The answer names a lead as any other would: a robot learns nothing from it.
    private Answer blocked(
            Submission submission,
            String code,
            @Nullable String key,
            Decision<LeadEvent> decision) {
        decision.append(submission.getSubmissionId(), new LeadEvent.Blocked(submission, code));
        desk.deliveries().remember(key, submission, "blocked", code, null);
        return Answer.accepted("blocked", null, ids(submission, newLeadId(submission)));
    }

    private Answer unusable(
            Submission submission,
            String code,
            String detail,
            @Nullable String key,
            Decision<LeadEvent> decision) {
        if (submission.getChannel().equals(WEBHOOK) && !code.equals(Triage.KEY_REUSED)) {
            decision.append(
                    submission.getSubmissionId(),
                    new LeadEvent.Quarantined(submission, code, detail));
            desk.deliveries().remember(key, submission, "quarantined", code, null);
            return new Answer(true, "quarantined", code, detail, null, ids(submission, null));
        }
        decision.append(
                submission.getSubmissionId(), new LeadEvent.Refused(submission, code, detail));
        desk.deliveries().remember(key, submission, "refused", code, null);
        return new Answer(false, "refused", code, detail, null, ids(submission, null));
    }

    private Answer candidate(
            Submission submission, @Nullable String key, Decision<LeadEvent> decision) {
        var names = Identities.of(submission);
        var primary = PrimaryLead.resolve(names, desk.identities()::leadOf);
        if (primary == null) {
            return unusable(
                    submission,
                    NO_IDENTITY,
                    "There is no e-mail, phone or visitor to know the person by.",
                    key,
                    decision);
        }
        String known = primary.leadId();
        String leadId = known == null ? newLeadId(submission) : known;
        var waiting = waitingFacts(submission.getSiteId(), names.anywhere());
        String outcome =
                desk.decide(
                        new LeadCommand.Capture(
                                leadId,
                                submission,
                                primary.conflictingLeadId(),
                                waiting,
                                desk.reengageAfter()));
        waiting.forEach(
                fact -> desk.deliveries().rememberFact(submission.getSiteId(), fact, leadId));
        desk.identities().learn(names, leadId, known == null);
        desk.deliveries().remember(key, submission, outcome, null, leadId);
        return Answer.accepted(outcome, leadId, ids(submission, leadId));
    }

    /// A fact waits under each of its identities; the first to get a lead takes it.
    private List<String> waitingFacts(String siteId, List<String> keys) {
        return desk.identities().waiting(keys).stream()
                .filter(factId -> {
                    var fact = desk.deliveries().fact(siteId, factId);
                    return fact != null && fact.getLeadId() == null;
                })
                .toList();
    }

    private static String newLeadId(Submission submission) {
        return LeadDesk.leadId(submission.getSiteId(), submission.getSubmissionId());
    }

    private static Map<String, String> ids(Submission submission, @Nullable String leadId) {
        return LeadDesk.values("submission_id", submission.getSubmissionId(), "lead_id", leadId);
    }
}
