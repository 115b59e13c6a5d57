package io.headwater.command.lead;

import io.headwater.command.lead.life.LifeProblem;
import java.util.List;
import java.util.Objects;

/// What a lead answers to an action: its events, none when that changes nothing.
final class LifeRules {

    private LifeRules() {}

    /// @throws io.headwater.command.platform.Refused when a rule says no, see [LifeProblem]
    static List<LifeEvent> decide(LifeCase lead, LeadAction action) {
        requireItself(lead.life(), action);
        requireKnown(lead.life(), action);
        return switch (action) {
            case LeadAction.Move move -> StageRules.move(lead, move);
            case LeadAction.Win win -> StageRules.win(lead, win);
            case LeadAction.Lose lose -> StageRules.lose(lead, lose);
            case LeadAction.GiveBack back -> StageRules.giveBack(lead, back);
            case LeadAction.Reopen reopen -> StageRules.reopen(lead, reopen);
            case LeadAction.Appoint wanted -> AppointmentRules.change(lead, wanted);
            case LeadAction.Quote quote -> MoneyRules.quote(lead, quote);
            case LeadAction.Refund refund -> MoneyRules.refund(lead, refund);
            case LeadAction.ReverseRefund reverse -> MoneyRules.reverse(lead, reverse);
            case LeadAction.Assign assign -> assign(lead, assign);
            case LeadAction.Link link -> link(lead, link);
            case LeadAction.Erase erase -> erase(lead, erase);
            case LeadAction.WithdrawErasure withdraw -> withdraw(lead, withdraw);
            case LeadAction.Forget forget ->
                    lead.life().erasedAt() != null
                            ? List.of()
                            : List.of(
                                    new LifeEvent.Erased(lead.leadId(), lead.by(), forget.cause()));
            case LeadAction.Withdraw withdraw ->
                    List.of(
                            new LifeEvent.ConsentWithdrawn(
                                    lead.leadId(),
                                    lead.by(),
                                    withdraw.purposes(),
                                    withdraw.channel(),
                                    withdraw.reason()));
            case LeadAction.Contact contact ->
                    List.of(
                            new LifeEvent.Contacted(
                                    lead.leadId(),
                                    lead.by(),
                                    contact.channel(),
                                    contact.reached()));
            case LeadAction.Note note ->
                    List.of(new LifeEvent.Noted(lead.leadId(), lead.by(), note.message()));
            case LeadAction.Activity activity ->
                    List.of(
                            new LifeEvent.ActivityRecorded(
                                    lead.leadId(),
                                    lead.by(),
                                    activity.activityId(),
                                    activity.activity(),
                                    activity.url(),
                                    activity.summary(),
                                    activity.payload()));
            case LeadAction.Correct correct ->
                    List.of(
                            new LifeEvent.Corrected(
                                    lead.leadId(),
                                    lead.by(),
                                    correct.submissionId(),
                                    correct.before(),
                                    correct.after(),
                                    correct.mappingVersion(),
                                    correct.planId()));
            case LeadAction.Merge merge ->
                    List.of(
                            new LifeEvent.Merged(
                                    lead.leadId(), lead.by(), merge.intoLeadId(), merge.reason()));
            case LeadAction.Absorb taken ->
                    lead.settled(
                            "merge",
                            new LifeEvent.Absorbed(
                                    lead.leadId(), lead.by(), taken.mergedLeadId(), taken.facts()));
            case LeadAction.Release released ->
                    lead.settled(
                            "merge",
                            new LifeEvent.Released(
                                    lead.leadId(), lead.by(), released.mergedLeadId()));
            case LeadAction.Unmerge unmerge ->
                    List.of(
                            new LifeEvent.Unmerged(
                                    lead.leadId(),
                                    lead.by(),
                                    Objects.requireNonNull(lead.life().mergedInto()),
                                    unmerge.reason()));
        };
    }

    /// A merged lead is spoken for by its survivor; it may be erased, or not after all, and given
    /// back itself, and what the person withdraws is withdrawn of each of their leads.
    private static void requireItself(LeadLife life, LeadAction action) {
        boolean itself =
                isErasure(action)
                        || action instanceof LeadAction.WithdrawErasure
                        || action instanceof LeadAction.Unmerge
                        || action instanceof LeadAction.Withdraw;
        if (life.mergedInto() != null && !itself) {
            throw LifeProblem.LEAD_MERGED.because(
                    "The lead was merged into %s.".formatted(life.mergedInto()));
        }
    }

    /// Nothing is learned any more about who was forgotten.
    private static void requireKnown(LeadLife life, LeadAction action) {
        if (life.erasedAt() != null && !isErasure(action)) {
            throw LifeProblem.LEAD_ERASED.because(
                    "The person was forgotten at %s.".formatted(life.erasedAt()));
        }
    }

    private static boolean isErasure(LeadAction action) {
        return action instanceof LeadAction.Erase || action instanceof LeadAction.Forget;
    }

    private static List<LifeEvent> erase(LifeCase lead, LeadAction.Erase erase) {
        var known = lead.life().erasure();
        return known.requestedAt() != null || known.erasedAt() != null
                ? List.of()
                : List.of(
                        new LifeEvent.EraseRequested(
                                lead.leadId(), lead.by(), erase.cause(), erase.atOnce()));
    }

    /// Whether there is anything to withdraw is a question to all leads of the person.
    private static List<LifeEvent> withdraw(LifeCase lead, LeadAction.WithdrawErasure withdraw) {
        var open = lead.life().erasure().open();
        return open == null
                ? List.of()
                : List.of(
                        new LifeEvent.EraseWithdrawn(
                                lead.leadId(), lead.by(), open, withdraw.reason()));
    }

    private static List<LifeEvent> assign(LifeCase lead, LeadAction.Assign assign) {
        boolean known =
                Objects.equals(assign.assignee(), lead.life().assignee())
                        && Objects.equals(assign.team(), lead.life().team());
        return known
                ? List.of()
                : List.of(
                        new LifeEvent.Assigned(
                                lead.leadId(), lead.by(), assign.assignee(), assign.team()));
    }

    private static List<LifeEvent> link(LifeCase lead, LeadAction.Link link) {
        boolean known =
                LifeNotes.crm(link.crm()).equals(lead.life().crmIds().get(link.crmLeadId()));
        return known
                ? List.of()
                : List.of(
                        new LifeEvent.CrmLinked(
                                lead.leadId(),
                                lead.by(),
                                link.crm(),
                                link.crmLeadId(),
                                link.crmUrl()));
    }
}
