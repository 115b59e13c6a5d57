package io.headwater.command.lead;

import io.headwater.command.lead.Agreement.Given;
import io.headwater.command.lead.Permissions.Known;
import io.headwater.command.lead.life.LifeProblem;
import io.headwater.command.platform.Refused;
import io.headwater.command.platform.axon.Answer;
import io.headwater.command.platform.axon.CommandHeader;
import io.headwater.command.platform.axon.Decision;
import io.headwater.command.platform.contact.Contactable;
import io.headwater.command.platform.contact.Contactable.Reason;
import io.headwater.command.platform.contact.Suppressions;
import io.headwater.events.lead.CheckContact;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// May the person of a lead be contacted? Changes nothing, and comes after all that was decided
/// before: who withdrew a moment ago is not contacted, nor who was put on a list.
final class ContactRule implements LeadRule<CheckContact> {

    private final LeadDesk desk;
    private final Suppressions suppressions;

    ContactRule(LeadDesk desk, Suppressions suppressions) {
        this.desk = desk;
        this.suppressions = suppressions;
    }

    @Override
    public Class<CheckContact> command() {
        return CheckContact.class;
    }

    @Override
    public CommandHeader header(CheckContact command) {
        return LeadRule.header(
                command.getCommandId(),
                command.getLeadId(),
                command.getSiteId(),
                command.getRequestedAt());
    }

    @Override
    public Answer decide(CheckContact command, Decision<LeadEvent> decision) {
        String leadId = command.getLeadId();
        var lead = desk.lead(leadId);
        if (lead == null) {
            throw LifeProblem.UNKNOWN_LEAD.because("There is no lead with this id.");
        }
        if (!suppressions.know(command.getSuppressedUntil(), desk.names().listKey())) {
            throw new Refused(
                    Refused.Reason.RULE_VIOLATED,
                    Contactable.BEHIND,
                    "Lists of who must not be contacted are not known here yet.");
        }
        var person = desk.person(leadId);
        var known = Known.NOTHING;
        for (String one : person) {
            known = known.and(desk.permissions().of(one));
        }
        var lists =
                suppressions.listsWith(
                        command.getSiteId(),
                        known.reach().namesFor(command.getPurpose()),
                        command.getRequestedAt());
        var given = known.agreement().of(command.getPurpose());
        var reasons = new ArrayList<Reason>();
        add(reasons, erasure(person));
        add(reasons, lists.isEmpty() ? null : Reason.SUPPRESSED);
        add(reasons, known.reach().overfull() ? Reason.TOO_MANY_ADDRESSES : null);
        add(reasons, consent(given, command.getWithoutConsent()));
        return Answer.accepted(
                reasons.isEmpty() ? Contactable.ALLOWED : Contactable.DENIED,
                leadId,
                values(lead.entity().life().mergedInto(), given, reasons, lists));
    }

    private @Nullable Reason erasure(List<String> person) {
        boolean asked = false;
        for (String one : person) {
            var lead = desk.lead(one);
            if (lead != null && lead.entity().life().erasure().erasedAt() != null) {
                return Reason.ERASED;
            }
            asked |= lead != null && lead.entity().life().erasure().open() != null;
        }
        return asked ? Reason.ERASE_REQUESTED : null;
    }

    private static @Nullable Reason consent(@Nullable Given given, boolean withoutConsent) {
        if (given == null) {
            return withoutConsent ? null : Reason.CONSENT_UNKNOWN;
        }
        return switch (given.answer()) {
            case GRANTED -> null;
            case REFUSED -> Reason.CONSENT_REFUSED;
            case WITHDRAWN -> Reason.CONSENT_WITHDRAWN;
        };
    }

    private static void add(List<Reason> reasons, @Nullable Reason reason) {
        if (reason != null) {
            reasons.add(reason);
        }
    }

    private static Map<String, String> values(
            @Nullable String survivor,
            @Nullable Given given,
            List<Reason> reasons,
            List<String> lists) {
        var values = new LinkedHashMap<String, String>();
        values.put(
                Contactable.REASONS,
                reasons.stream().map(Reason::word).collect(Collectors.joining(",")));
        if (!lists.isEmpty()) {
            values.put(Contactable.LISTS, String.join(",", lists));
        }
        if (survivor != null) {
            values.put(Contactable.SURVIVOR, survivor);
        }
        if (given != null) {
            values.put(Contactable.ANSWER, Permissions.word(given.answer()));
            values.put(Contactable.ANSWERED_AT, given.at().toString());
            values.put(Contactable.TOLD_BY, given.toldBy());
        }
        return values;
    }
}
