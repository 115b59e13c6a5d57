package io.headwater.command.lead;

import io.headwater.command.platform.axon.Answer;
import io.headwater.command.platform.axon.CommandHeader;
import io.headwater.command.platform.axon.Decision;
import io.headwater.command.platform.axon.Rules;
import io.headwater.command.platform.axon.TaskScope;
import io.headwater.events.lead.CaptureLead;
import io.headwater.events.lead.RecordFact;
import io.headwater.events.lead.ScoreLead;
import io.headwater.events.lead.Submission;
import io.headwater.state.DeliveryState;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.avro.specific.SpecificRecord;
import org.jspecify.annotations.Nullable;

/// The rules of one partition of sites: looks up what the stores know, lets the pure parts judge
/// ([Triage], [PrimaryLead]) and the lead decide, and remembers what the next command must know.
final class LeadRules implements Rules<LeadEvent> {

    static final String IDENTITIES = "identities";
    static final String DELIVERIES = "deliveries";
    private static final String NO_IDENTITY = "no-identity";
    private static final String WEBHOOK = "webhook";

    private final TaskScope scope;
    private final Duration reengageAfter;
    private final IdentityIndex identities;
    private final Deliveries deliveries;

    LeadRules(TaskScope scope, Duration reengageAfter) {
        this.scope = scope;
        this.reengageAfter = reengageAfter;
        this.identities = new IdentityIndex(scope.store(IDENTITIES));
        this.deliveries =
                new Deliveries(
                        scope.store(DELIVERIES), scope.expiries(), reengageAfter.minusSeconds(1));
    }

    @Override
    public CommandHeader header(SpecificRecord command) {
        return LeadCommandHeaders.of(command);
    }

    @Override
    public Answer decide(SpecificRecord command, Decision<LeadEvent> decision) {
        return switch (command) {
            case CaptureLead capture -> capture(capture.getSubmission(), decision);
            case RecordFact record -> recordFact(record, decision);
            case ScoreLead score -> score(score);
            default -> throw new IllegalStateException("no rule for " + command.getSchema());
        };
    }

    private Answer capture(Submission submission, Decision<LeadEvent> decision) {
        String key = Deliveries.keyOf(submission);
        var first = deliveries.first(key, submission.getReceivedAt());
        return switch (Triage.of(submission, first)) {
            case Triage.Repeated(var original) -> repeated(submission, original, decision);
            case Triage.Blocked(var code) -> blocked(submission, code, key, decision);
            case Triage.Test(var code) -> {
                decision.append(
                        submission.getSubmissionId(), new LeadEvent.Tested(submission, code));
                deliveries.remember(key, submission, "test", code, null);
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
        var values = new LinkedHashMap<String, String>();
        values.put("submission_id", first.getFirstId());
        put(values, "lead_id", answeredLeadId(submission, first));
        values.put("first_outcome", first.getOutcome());
        put(values, "first_code", first.getCode());
        return Answer.accepted("duplicate", first.getLeadId(), values);
    }

    /// The same as the first time, and then a blocked one was told an id, too.
    private static @Nullable String answeredLeadId(Submission repeat, DeliveryState first) {
        return first.getOutcome().equals("blocked")
                ? leadId(repeat.getSiteId(), first.getFirstId())
                : first.getLeadId();
    }

    /// The answer names a lead as any other would: a robot learns nothing from it.
    private Answer blocked(
            Submission submission,
            String code,
            @Nullable String key,
            Decision<LeadEvent> decision) {
        decision.append(submission.getSubmissionId(), new LeadEvent.Blocked(submission, code));
        deliveries.remember(key, submission, "blocked", code, null);
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
            deliveries.remember(key, submission, "quarantined", code, null);
            return new Answer(true, "quarantined", code, detail, null, ids(submission, null));
        }
        decision.append(
                submission.getSubmissionId(), new LeadEvent.Refused(submission, code, detail));
        deliveries.remember(key, submission, "refused", code, null);
        return new Answer(false, "refused", code, detail, null, ids(submission, null));
    }

    private Answer candidate(
            Submission submission, @Nullable String key, Decision<LeadEvent> decision) {
        var names = Identities.of(submission);
        var primary = PrimaryLead.resolve(names, identities::leadOf);
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
                outcome(
                        new LeadCommand.Capture(
                                leadId,
                                submission,
                                primary.conflictingLeadId(),
                                waiting,
                                reengageAfter));
        waiting.forEach(fact -> deliveries.rememberFact(submission.getSiteId(), fact, leadId));
        identities.learn(names, leadId, known == null);
        deliveries.remember(key, submission, outcome, null, leadId);
        return Answer.accepted(outcome, leadId, ids(submission, leadId));
    }

    /// A fact waits under each of its identities; the first to get a lead takes it.
    private List<String> waitingFacts(String siteId, List<String> keys) {
        return identities.waiting(keys).stream()
                .filter(factId -> {
                    var fact = deliveries.fact(siteId, factId);
                    return fact != null && fact.getLeadId() == null;
                })
                .toList();
    }

    private Answer recordFact(RecordFact command, Decision<LeadEvent> decision) {
        var fact = command.getFact();
        var known = deliveries.fact(fact.getSiteId(), fact.getFactId());
        if (known != null) {
            return fact("duplicate", fact.getFactId(), known.getLeadId());
        }
        var keys = Identities.of(fact);
        String named = fact.getLeadRef();
        boolean ours = named != null && named.startsWith(fact.getSiteId() + "_");
        String leadId = ours && scope.exists(named) ? named : identities.firstLeadOf(keys);
        String outcome = "recorded";
        if (leadId == null) {
            decision.append(fact.getFactId(), new LeadEvent.FactRecorded(null, fact));
            identities.await(keys, fact.getFactId());
        } else {
            outcome = outcome(new LeadCommand.RecordFact(leadId, fact));
        }
        deliveries.rememberFact(fact.getSiteId(), fact.getFactId(), leadId);
        return fact(outcome, fact.getFactId(), leadId);
    }

    private static Answer fact(String outcome, String factId, @Nullable String leadId) {
        var values = new LinkedHashMap<String, String>();
        values.put("fact_id", factId);
        put(values, "lead_id", leadId);
        return Answer.accepted(outcome, leadId, values);
    }

    private Answer score(ScoreLead command) {
        String outcome =
                outcome(
                        new LeadCommand.Score(
                                command.getLeadId(),
                                new Engagement(
                                        command.getSessionId(),
                                        command.getEngagementScore(),
                                        command.getEngagementLabel(),
                                        command.getSessionDurationSeconds(),
                                        command.getPagesVisited(),
                                        command.getReturnVisits(),
                                        command.getScoreVersion()),
                                command.getSubmittedAt()));
        return Answer.accepted(
                outcome, command.getLeadId(), Map.of("lead_id", command.getLeadId()));
    }

    private String outcome(LeadCommand command) {
        return String.valueOf(scope.handle(command));
    }

    @Override
    public void forget(String kind, String key, Instant now) {
        if (kind.equals(Deliveries.EXPIRY)) {
            deliveries.forget(key, now);
        }
    }

    private static String newLeadId(Submission submission) {
        return leadId(submission.getSiteId(), submission.getSubmissionId());
    }

    private static String leadId(String siteId, String submissionId) {
        return siteId + "_" + submissionId.replace("-", "");
    }

    private static Map<String, String> ids(Submission submission, @Nullable String leadId) {
        var values = new LinkedHashMap<String, String>();
        values.put("submission_id", submission.getSubmissionId());
        put(values, "lead_id", leadId);
        return values;
    }

    private static void put(Map<String, String> values, String name, @Nullable String value) {
        if (value != null) {
            values.put(name, value);
        }
    }
}
