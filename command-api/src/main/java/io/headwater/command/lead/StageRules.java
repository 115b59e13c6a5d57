package io.headwater.command.lead;

import io.headwater.command.lead.life.LifeProblem;
import io.headwater.command.lead.life.Standing;
import io.headwater.command.platform.Refused;
import io.headwater.command.platform.directory.Stage;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Where a person may put a lead.
///
///     open … appointment … shown … quoted      move: freely, forwards and back
///        │            │ win                    lose: not when won or returned
///        │ lose       ▼                        return: not when won
///        ▼           won ──┐                   won, lost and returned leave by reopen only
///       lost ──► returned ─┴──reopen──► open
final class StageRules {

    private static final String OTHER = "other";

    private StageRules() {}

    static List<LifeEvent> move(LifeCase lead, LeadAction.Move move) {
        var to = stage(lead, move.stage());
        return switch (to.kind()) {
            case WON -> win(lead, new LeadAction.Win(null, null, null), to);
            case LOST -> lose(lead, new LeadAction.Lose(OTHER, move.reason()), to);
            case RETURNED -> giveBack(lead, new LeadAction.GiveBack(OTHER, move.reason()), to);
            case OPEN, APPOINTMENT, SHOWN, QUOTED -> move(lead, move, to);
        };
    }

    private static List<LifeEvent> move(LifeCase lead, LeadAction.Move move, Stage to) {
        var refusal =
                switch (lead.life().kind()) {
                    case WON -> LifeProblem.WON_LEAD_CANNOT_MOVE;
                    case LOST -> LifeProblem.LOST_LEAD_CANNOT_MOVE;
                    case RETURNED -> LifeProblem.RETURNED_LEAD_CANNOT_MOVE;
                    case OPEN, APPOINTMENT, SHOWN, QUOTED -> null;
                };
        if (refusal != null) {
            throw refusal.because(
                    "The lead is in stage %s; reopen it first.".formatted(lead.life().stage()));
        }
        return to.key().equals(lead.life().stage())
                ? List.of()
                : put(lead, to, LifeEvent.StageChanged.HAND, move.reason());
    }

    static List<LifeEvent> win(LifeCase lead, LeadAction.Win win) {
        return win(lead, win, first(lead, Stage.Kind.WON));
    }

    private static List<LifeEvent> win(LifeCase lead, LeadAction.Win win, Stage to) {
        if (lead.isKind(Stage.Kind.LOST)) {
            throw closed(LifeProblem.LOST_LEAD_CANNOT_BE_WON, "lost");
        }
        if (lead.isKind(Stage.Kind.RETURNED)) {
            throw closed(LifeProblem.RETURNED_LEAD_CANNOT_BE_WON, "returned");
        }
        if (lead.life().decided().kind() == Stage.Kind.WON) {
            throw LifeProblem.ALREADY_WON.because("The lead was won already.");
        }
        return lead.settled(
                "won",
                new LifeEvent.Won(
                        lead.leadId(),
                        lead.by(),
                        to.key(),
                        win.amountMinor(),
                        win.currency(),
                        win.reference()));
    }

    static List<LifeEvent> lose(LifeCase lead, LeadAction.Lose lose) {
        return lose(lead, lose, first(lead, Stage.Kind.LOST));
    }

    private static List<LifeEvent> lose(LifeCase lead, LeadAction.Lose lose, Stage to) {
        if (lead.isKind(Stage.Kind.LOST)) {
            throw LifeProblem.ALREADY_LOST.because("The lead was lost already.");
        }
        if (lead.isKind(Stage.Kind.WON)) {
            throw closed(LifeProblem.WON_LEAD_CANNOT_BE_LOST, "won");
        }
        if (lead.isKind(Stage.Kind.RETURNED)) {
            throw closed(LifeProblem.RETURNED_LEAD_CANNOT_BE_LOST, "returned");
        }
        return lead.settled(
                "lost",
                new LifeEvent.Lost(
                        lead.leadId(), lead.by(), to.key(), lose.reasonCode(), lose.reason()));
    }

    static List<LifeEvent> giveBack(LifeCase lead, LeadAction.GiveBack back) {
        return giveBack(lead, back, first(lead, Stage.Kind.RETURNED));
    }

    private static List<LifeEvent> giveBack(LifeCase lead, LeadAction.GiveBack back, Stage to) {
        if (lead.isKind(Stage.Kind.RETURNED)) {
            throw LifeProblem.ALREADY_RETURNED.because("The lead was returned already.");
        }
        if (lead.isKind(Stage.Kind.WON)) {
            throw closed(LifeProblem.WON_LEAD_CANNOT_BE_RETURNED, "won");
        }
        return lead.settled(
                "returned",
                new LifeEvent.Returned(
                        lead.leadId(), lead.by(), to.key(), back.reasonCode(), back.reason()));
    }

    static List<LifeEvent> reopen(LifeCase lead, LeadAction.Reopen reopen) {
        if (!Standing.isEnd(lead.life().kind())) {
            throw LifeProblem.LEAD_NOT_CLOSED.because(
                    "The lead is in stage %s: neither won, nor lost, nor returned."
                            .formatted(lead.life().stage()));
        }
        String wanted = reopen.stage();
        var to = wanted == null ? lead.pipeline().first() : stage(lead, wanted);
        if (Standing.isEnd(to.kind())) {
            throw LifeProblem.STAGE_UNKNOWN.because(
                    "Stage %s is no open one; a lead is reopened into an open stage."
                            .formatted(to.key()));
        }
        return put(lead, to, LifeEvent.StageChanged.REOPEN, reopen.reason());
    }

    private static List<LifeEvent> put(
            LifeCase lead, Stage to, String cause, @Nullable String reason) {
        return lead.settled(
                cause,
                new LifeEvent.StageChanged(
                        lead.leadId(),
                        lead.by(),
                        lead.life().stage(),
                        to.key(),
                        to.kind(),
                        cause,
                        reason));
    }

    private static Refused closed(LifeProblem problem, String how) {
        return problem.because("The lead is %s; reopen it first.".formatted(how));
    }

    private static Stage stage(LifeCase lead, String key) {
        return lead.pipeline()
                .find(key)
                .orElseThrow(() ->
                        LifeProblem.STAGE_UNKNOWN.because(
                                "The site has no such stage; its stages are %s."
                                        .formatted(
                                                lead.pipeline().stages().stream()
                                                        .map(Stage::key)
                                                        .collect(Collectors.joining(", ")))));
    }

    private static Stage first(LifeCase lead, Stage.Kind kind) {
        return lead.pipeline()
                .first(kind)
                .orElseThrow(() ->
                        LifeProblem.STAGE_UNKNOWN.because(
                                "The site has no stage of kind %s.".formatted(kind.word())));
    }
}
