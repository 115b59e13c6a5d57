package io.headwater.command.lead;

import io.headwater.command.platform.axon.Answer;
import io.headwater.command.platform.axon.CommandHeader;
import io.headwater.command.platform.axon.Decision;
import io.headwater.events.lead.RecordFact;
import org.jspecify.annotations.Nullable;

/// Keeps what a provider tells about a person, with their lead, now or when it appears.
final class FactRule implements LeadRule<RecordFact> {

    private final LeadDesk desk;

    FactRule(LeadDesk desk) {
        this.desk = desk;
    }

    @Override
    public Class<RecordFact> command() {
        return RecordFact.class;
    }

    @Override
    public CommandHeader header(RecordFact command) {
        return new CommandHeader(
                command.getCommandId(),
                command.getFact().getSiteId(),
                command.getFact().getReceivedAt());
    }

    @Override
    public Answer decide(RecordFact command, Decision<LeadEvent> decision) {
        var fact = command.getFact();
        var known = desk.deliveries().fact(fact.getSiteId(), fact.getFactId());
        if (known != null) {
            return fact("duplicate", fact.getFactId(), known.getLeadId());
        }
        var keys = Identities.of(fact);
        String named = fact.getLeadRef();
        boolean ours = named != null && LeadRule.belongs(named, fact.getSiteId());
        String leadId =
                ours && desk.scope().exists(named) ? named : desk.identities().firstLeadOf(keys);
        String outcome = "recorded";
        if (leadId == null) {
            decision.append(fact.getFactId(), new LeadEvent.FactRecorded(null, fact));
            desk.identities().await(keys, fact.getFactId());
        } else {
            outcome = desk.decide(new LeadCommand.RecordFact(leadId, fact));
        }
        desk.deliveries().rememberFact(fact.getSiteId(), fact.getFactId(), leadId);
        return fact(outcome, fact.getFactId(), leadId);
    }

    private static Answer fact(String outcome, String factId, @Nullable String leadId) {
        return Answer.accepted(
                outcome, leadId, LeadDesk.values("fact_id", factId, "lead_id", leadId));
    }
}
