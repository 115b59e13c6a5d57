package io.headwater.command.lead;

import io.headwater.command.lead.life.LifeProblem;
import io.headwater.command.lead.life.Pipeline;
import io.headwater.command.platform.Refused;
import io.headwater.command.platform.axon.Answer;
import io.headwater.command.platform.axon.CommandHeader;
import io.headwater.command.platform.axon.Decision;
import io.headwater.command.platform.axon.Folded;
import io.headwater.events.lead.ChangeLead;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// One step in the life of a lead: finds which lead is meant, refuses what is out of date or out of
/// time, and lets the lead decide; a merge is decided by both.
///
/// The answer names the version and the stage after it, and the hash of what was asked: a repeated
/// id of another request is told from a repetition.
final class LifeRule implements LeadRule<ChangeLead> {

    private static final String UNCHANGED = "unchanged";

    private final LeadDesk desk;

    LifeRule(LeadDesk desk) {
        this.desk = desk;
    }

    @Override
    public Class<ChangeLead> command() {
        return ChangeLead.class;
    }

    @Override
    public CommandHeader header(ChangeLead command) {
        var header =
                LeadRule.header(
                        command.getCommandId(),
                        command.getLeadId(),
                        command.getSiteId(),
                        command.getRequestedAt());
        LifeActions.of(command);
        return header;
    }

    @Override
    public Answer decide(ChangeLead command, Decision<LeadEvent> decision) {
        String leadId =
                command.getMachine() ? desk.survivor(command.getLeadId()) : command.getLeadId();
        try {
            var lead = desk.lead(leadId);
            if (lead == null) {
                throw LifeProblem.UNKNOWN_LEAD.because("There is no lead with this id.");
            }
            requireExpected(command, lead);
            String outcome = decide(command, lead.entity());
            return Answer.accepted(outcome, leadId, values(command, leadId));
        } catch (Refused refused) {
            if (!decision.isEmpty()) {
                throw refused;
            }
            return new Answer(
                    false,
                    "refused",
                    refused.code(),
                    refused.detail(),
                    desk.lead(leadId) == null ? null : leadId,
                    values(command, leadId));
        }
    }

    private static void requireExpected(ChangeLead command, Folded<Lead> lead) {
        Long expected = command.getExpectedVersion();
        if (expected != null && expected != lead.version()) {
            throw LifeProblem.VERSION_CONFLICT.because(
                    "The lead has version %d, not %d.".formatted(lead.version(), expected));
        }
    }

    private String decide(ChangeLead command, Lead lead) {
        var by = by(command, lead);
        var pipeline = Pipeline.of(command.getPipeline());
        return switch (LifeActions.of(command)) {
            case LeadAction.Merge merge -> merge(lead, by, pipeline, merge);
            case LeadAction.Unmerge unmerge -> unmerge(lead, by, pipeline, unmerge);
            case LeadAction.Erase erase -> desk.erase(lead.leadId(), by, pipeline, erase);
            case LeadAction.WithdrawErasure withdraw ->
                    desk.withdraw(lead.leadId(), by, pipeline, withdraw);
            case LeadAction.Forget forget -> desk.forget(lead.leadId(), by, pipeline, forget);
            case LeadAction.Withdraw withdraw ->
                    desk.withdraw(lead.leadId(), by, pipeline, withdraw);
            case LeadAction.Correct correct -> correct(lead, by, pipeline, correct);
            case LeadAction.Activity activity -> activity(lead, by, pipeline, activity);
            case LeadAction other ->
                    desk.decide(new LeadCommand.Change(lead.leadId(), by, pipeline, other));
        };
    }

    /// Machines tell what happened elsewhere by other clocks: theirs is moved to what can be.
    private static By by(ChangeLead command, Lead lead) {
        Instant requested = command.getRequestedAt();
        Instant at = command.getAt() == null ? requested : command.getAt();
        if (!command.getMachine()) {
            if (at.isAfter(requested)) {
                throw LifeProblem.AT_IN_FUTURE.because(
                        "%s is after the request, which was at %s.".formatted(at, requested));
            }
            if (at.isBefore(lead.capturedAt())) {
                throw LifeProblem.AT_BEFORE_CAPTURE.because(
                        "%s is before the lead was captured, at %s."
                                .formatted(at, lead.capturedAt()));
            }
        }
        return new By(
                command.getCommandId(),
                requested,
                at.isAfter(requested) ? requested : at,
                command.getActor());
    }

    private String merge(Lead lead, By by, Pipeline pipeline, LeadAction.Merge merge) {
        String into = merge.intoLeadId();
        var survivor = LeadRule.belongs(into, lead.siteId()) ? desk.lead(into) : null;
        if (survivor == null) {
            throw LifeProblem.MERGE_TARGET_UNKNOWN.because(
                    "The site has no lead of the id to merge into.");
        }
        if (desk.survivor(into).equals(lead.leadId())) {
            throw LifeProblem.MERGE_CYCLE.because(
                    "The lead to merge into is this lead, or stands for it.");
        }
        if (survivor.entity().life().mergedInto() != null) {
            throw LifeProblem.LEAD_MERGED.because(
                    "The lead to merge into was merged into %s.".formatted(desk.survivor(into)));
        }
        if (survivor.entity().life().erasedAt() != null) {
            throw LifeProblem.LEAD_ERASED.because(
                    "The person of the lead to merge into was forgotten.");
        }
        var taken = new LeadAction.Absorb(lead.leadId(), lead.life().facts().notes());
        desk.decide(new LeadCommand.Change(lead.leadId(), by, pipeline, merge));
        return desk.decide(new LeadCommand.Change(into, by, pipeline, taken));
    }

    private String unmerge(Lead lead, By by, Pipeline pipeline, LeadAction.Unmerge unmerge) {
        String from = lead.life().mergedInto();
        if (from == null) {
            throw LifeProblem.NOT_MERGED.because("The lead was not merged into another one.");
        }
        if (!desk.survivor(from).equals(from)) {
            throw LifeProblem.SURVIVOR_MERGED.because(
                    "The lead that took it over was merged itself, into %s: undo that first."
                            .formatted(desk.survivor(from)));
        }
        desk.decide(new LeadCommand.Change(lead.leadId(), by, pipeline, unmerge));
        return desk.decide(
                new LeadCommand.Change(from, by, pipeline, new LeadAction.Release(lead.leadId())));
    }

    private String correct(Lead lead, By by, Pipeline pipeline, LeadAction.Correct correct) {
        String outcome = desk.decide(new LeadCommand.Change(lead.leadId(), by, pipeline, correct));
        desk.permissions().correct(lead.leadId(), correct.after());
        return outcome;
    }

    /// CRMs repeat themselves, days later too.
    private String activity(Lead lead, By by, Pipeline pipeline, LeadAction.Activity activity) {
        String id = Deliveries.activity(lead.leadId(), activity.activityId());
        if (desk.deliveries().fact(lead.siteId(), id) != null) {
            return UNCHANGED;
        }
        String outcome = desk.decide(new LeadCommand.Change(lead.leadId(), by, pipeline, activity));
        desk.deliveries().rememberFact(lead.siteId(), id, lead.leadId());
        return outcome;
    }

    private Map<String, String> values(ChangeLead command, String leadId) {
        var values = new LinkedHashMap<String, String>();
        values.put("lead_id", leadId);
        var lead = desk.lead(leadId);
        if (lead != null) {
            values.put("status", lead.entity().life().stage());
            values.put("version", String.valueOf(lead.version()));
            put(values, "survivor_id", lead.entity().life().mergedInto());
            values.putAll(lead.entity().life().erasure().values());
        }
        put(values, "request_hash", command.getRequestHash());
        return values;
    }

    private static void put(Map<String, String> values, String name, @Nullable String value) {
        if (value != null) {
            values.put(name, value);
        }
    }
}
