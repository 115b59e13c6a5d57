package io.headwater.command.lead;

import io.headwater.events.lead.ChangeLead;
import io.headwater.events.lead.RefundLead;
import io.headwater.life.FactNote;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Outside to inside: the one action that a command carries.
final class LifeActions {

    private LifeActions() {}

    /// @throws IllegalArgumentException when there is none or more than one, or its amounts are out
    ///   of range
    static LeadAction of(ChangeLead command) {
        var actions =
                Stream.<@Nullable LeadAction>of(
                                stage(command),
                                end(command),
                                people(command),
                                money(command),
                                merge(command),
                                told(command))
                        .filter(Objects::nonNull)
                        .map(Objects::requireNonNull)
                        .toList();
        LeadRule.require(count(command) == 1 && actions.size() == 1, "not exactly one action");
        return actions.getFirst();
    }

    private static long count(ChangeLead command) {
        return Stream.of(
                        command.getMove(),
                        command.getAssign(),
                        command.getContact(),
                        command.getAppointment(),
                        command.getQuote(),
                        command.getWin(),
                        command.getLose(),
                        command.getGiveBack(),
                        command.getReopen(),
                        command.getRefund(),
                        command.getMerge(),
                        command.getUnmerge(),
                        command.getNote(),
                        command.getLink(),
                        command.getActivity(),
                        command.getErase(),
                        command.getForget(),
                        command.getWithdrawErasure(),
                        command.getCorrect(),
                        command.getWithdraw())
                .filter(Objects::nonNull)
                .count();
    }

    private static @Nullable LeadAction stage(ChangeLead command) {
        if (command.getMove() != null) {
            return new LeadAction.Move(command.getMove().getStage(), command.getMove().getReason());
        }
        if (command.getReopen() != null) {
            return new LeadAction.Reopen(
                    command.getReopen().getStage(), command.getReopen().getReason());
        }
        var wanted = command.getAppointment();
        return wanted == null
                ? null
                : new LeadAction.Appoint(
                        wanted.getChange(),
                        wanted.getRef(),
                        wanted.getNewRef(),
                        wanted.getStartsAt(),
                        wanted.getReason());
    }

    private static @Nullable LeadAction end(ChangeLead command) {
        var win = command.getWin();
        if (win != null) {
            Long amount = win.getAmountMinor();
            LeadRule.require(
                    (amount == null) == (win.getCurrency() == null), "an amount needs a currency");
            requireBounded(amount == null ? 0 : amount);
            return new LeadAction.Win(amount, win.getCurrency(), win.getReference());
        }
        if (command.getLose() != null) {
            return new LeadAction.Lose(
                    command.getLose().getReasonCode(), command.getLose().getReason());
        }
        return command.getGiveBack() == null
                ? null
                : new LeadAction.GiveBack(
                        command.getGiveBack().getReasonCode(), command.getGiveBack().getReason());
    }

    private static @Nullable LeadAction people(ChangeLead command) {
        if (command.getAssign() != null) {
            return new LeadAction.Assign(
                    command.getAssign().getAssignee(), command.getAssign().getTeam());
        }
        if (command.getContact() != null) {
            return new LeadAction.Contact(
                    command.getContact().getChannel(), command.getContact().getReached());
        }
        if (command.getErase() != null) {
            return new LeadAction.Erase(
                    command.getErase().getCause(), command.getErase().getAtOnce());
        }
        if (command.getForget() != null) {
            return new LeadAction.Forget(
                    command.getForget().getCause(), command.getForget().getRequestedAt());
        }
        if (command.getWithdrawErasure() != null) {
            return new LeadAction.WithdrawErasure(command.getWithdrawErasure().getReason());
        }
        var withdraw = command.getWithdraw();
        if (withdraw != null) {
            return new LeadAction.Withdraw(
                    withdraw.getPurposes(), withdraw.getChannel(), withdraw.getReason());
        }
        return command.getNote() == null
                ? null
                : new LeadAction.Note(command.getNote().getMessage());
    }

    private static @Nullable LeadAction money(ChangeLead command) {
        var quote = command.getQuote();
        if (quote != null) {
            requireBounded(quote.getAmountMinor());
            return new LeadAction.Quote(
                    quote.getQuoteRef(), quote.getAmountMinor(), quote.getCurrency());
        }
        var refund = command.getRefund();
        return refund == null ? null : refund(refund);
    }

    private static LeadAction refund(RefundLead refund) {
        if (refund.getReversed()) {
            return new LeadAction.ReverseRefund(refund.getRefundRef());
        }
        Long amount = refund.getAmountMinor();
        String currency = refund.getCurrency();
        if (amount == null || currency == null) {
            throw new IllegalArgumentException("a refund needs an amount and a currency");
        }
        LeadRule.require(amount > 0, "a refund is positive");
        requireBounded(amount);
        return new LeadAction.Refund(refund.getRefundRef(), amount, currency);
    }

    private static @Nullable LeadAction merge(ChangeLead command) {
        if (command.getMerge() != null) {
            return new LeadAction.Merge(
                    command.getMerge().getIntoLeadId(), command.getMerge().getReason());
        }
        return command.getUnmerge() == null
                ? null
                : new LeadAction.Unmerge(command.getUnmerge().getReason());
    }

    private static @Nullable LeadAction told(ChangeLead command) {
        var link = command.getLink();
        if (link != null) {
            return new LeadAction.Link(link.getCrm(), link.getCrmLeadId(), link.getCrmUrl());
        }
        var activity = command.getActivity();
        if (activity != null) {
            return new LeadAction.Activity(
                    activity.getActivityId(),
                    activity.getActivity(),
                    activity.getUrl(),
                    activity.getSummary(),
                    activity.getPayload());
        }
        var correct = command.getCorrect();
        return correct == null
                ? null
                : new LeadAction.Correct(
                        correct.getSubmissionId(),
                        correct.getBefore(),
                        correct.getAfter(),
                        correct.getMappingVersion(),
                        correct.getPlanId());
    }

    private static void requireBounded(long amount) {
        LeadRule.require(
                amount >= -FactNote.MOST_MINOR && amount <= FactNote.MOST_MINOR,
                "amount out of range");
    }
}
