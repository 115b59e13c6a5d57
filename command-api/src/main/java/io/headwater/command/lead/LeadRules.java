package io.headwater.command.lead;

import io.headwater.command.platform.axon.Answer;
import io.headwater.command.platform.axon.CommandHeader;
import io.headwater.command.platform.axon.Decision;
import io.headwater.command.platform.axon.Rules;
import io.headwater.command.platform.axon.TaskScope;
import io.headwater.command.platform.contact.Suppressions;
import io.headwater.command.platform.vault.NamesOfPeople;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.avro.specific.SpecificRecord;

/// The rules of one partition of sites: one [LeadRule] per type of command.
final class LeadRules implements Rules<LeadEvent> {

    private final LeadDesk desk;
    private final Map<Class<?>, LeadRule<?>> rules;

    LeadRules(
            TaskScope scope,
            Duration reengageAfter,
            LeadMetrics metrics,
            NamesOfPeople people,
            Suppressions suppressions) {
        desk = new LeadDesk(scope, reengageAfter, metrics, people);
        var submissions = new SubmissionDesk(desk);
        var quarantine = new QuarantineRule(desk, submissions);
        rules =
                List.<LeadRule<?>>of(
                                new CaptureRule(submissions),
                                new PreviewRule(submissions),
                                new InspectRule(quarantine),
                                new EditRule(quarantine, desk.names()),
                                new ReleaseRule(quarantine),
                                new RejectRule(quarantine),
                                new FactRule(desk),
                                new ScoreRule(desk),
                                new LifeRule(desk),
                                new ContactRule(desk, suppressions))
                        .stream()
                        .collect(Collectors.toMap(LeadRule::command, Function.identity()));
    }

    @Override
    public CommandHeader header(SpecificRecord command) {
        return rule(command).header(command);
    }

    @Override
    public Answer decide(SpecificRecord command, Decision<LeadEvent> decision) {
        return rule(command).decide(command, decision);
    }

    /// @throws IllegalArgumentException when it is no command of a lead
    @SuppressWarnings("unchecked") // the map's key is the rule's own type
    private <C extends SpecificRecord> LeadRule<C> rule(C command) {
        var rule = rules.get(command.getClass());
        if (rule == null) {
            throw new IllegalArgumentException("no command of a lead");
        }
        return (LeadRule<C>) rule;
    }

    @Override
    public void forget(String kind, String key, Instant now) {
        if (kind.equals(Deliveries.EXPIRY)) {
            desk.deliveries().forget(key, now);
        }
    }
}
