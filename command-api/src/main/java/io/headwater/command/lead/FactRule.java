package io.headwater.command.lead;

import io.headwater.command.lead.life.Pipeline;
import io.headwater.command.platform.axon.Answer;
import io.headwater.command.platform.axon.CommandHeader;
import io.headwater.command.platform.axon.Decision;
import io.headwater.events.lead.ProviderFact;
import io.headwater.events.lead.RecordFact;
import io.headwater.life.FactNote;
import java.util.List;
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
            return answer("duplicate", fact.getFactId(), known.getLeadId());
        }
        var keys = desk.names().of(fact);
        String leadId = leadId(fact, keys);
        String outcome = "recorded";
        if (leadId == null) {
            decision.append(fact.getFactId(), new LeadEvent.FactRecorded(null, fact));
            if (waits(fact)) {
                desk.waiting().add(FactNote.of(fact), keys);
            }
        } else {
            var pipeline = Pipeline.of(command.getPipeline());
            var refs = desk.names().refs(fact);
            var waiting = desk.waiting().take(refs);
            outcome =
                    desk.decide(
                            new LeadCommand.RecordFact(
                                    leadId, command.getCommandId(), fact, waiting, pipeline));
            waiting.forEach(
                    one -> desk.deliveries().rememberFact(fact.getSiteId(), one.id(), leadId));
            desk.identities().know(refs, leadId);
            erase(command, leadId, pipeline);
        }
        desk.deliveries().rememberFact(fact.getSiteId(), fact.getFactId(), leadId);
        return answer(outcome, fact.getFactId(), leadId);
    }

    private @Nullable String leadId(ProviderFact fact, List<String> keys) {
        String named = fact.getLeadRef();
        boolean ours = named != null && LeadRule.belongs(named, fact.getSiteId());
        String leadId =
                ours && desk.scope().exists(named) ? desk.survivor(named) : desk.firstLeadOf(keys);
        return leadId == null || desk.isErased(leadId) ? null : leadId;
    }

    private void erase(RecordFact command, String leadId, Pipeline pipeline) {
        var fact = command.getFact();
        if (!fact.getKind().equals(FactNote.ERASE) || fact.getTest()) {
            return;
        }
        var by =
                new By(
                        command.getCommandId(),
                        fact.getReceivedAt(),
                        FactNote.of(fact).at(),
                        "provider:" + fact.getSourceId());
        desk.erase(leadId, by, pipeline, new LeadAction.Erase(fact.getProvider(), false));
    }

    /// Whoever asks to be forgotten and submits again later means to be known.
    static boolean waits(ProviderFact fact) {
        return !fact.getKind().equals(FactNote.ERASE);
    }

    static Answer answer(String outcome, String factId, @Nullable String leadId) {
        return Answer.accepted(
                outcome, leadId, LeadDesk.values("fact_id", factId, "lead_id", leadId));
    }
}
