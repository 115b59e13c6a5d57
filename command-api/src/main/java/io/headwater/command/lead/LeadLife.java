package io.headwater.command.lead;

import io.headwater.command.lead.life.StageDecision;
import io.headwater.command.platform.directory.Stage;
import io.headwater.life.FactNote;
import io.headwater.life.Facts;
import java.time.Instant;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// A lead after it was captured, as its events say; [LifeRules] decide about it.
///
/// @param stage key of the stage it is in
/// @param kind of that stage
/// @param decided the newest decision by hand about the stage
/// @param contacts attempts to reach the person
/// @param firstContactAt of the earliest attempt; null: none yet
/// @param own facts about it
/// @param absorbed facts of the leads merged into it, by lead id, as they were then
/// @param mergedInto the lead that stands for this one; null: itself
/// @param crmIds names of the CRMs (empty: not told) by the CRM's id; more than one after a merge
/// @param erasure what became of the wish to be forgotten
record LeadLife(
        String stage,
        Stage.Kind kind,
        StageDecision decided,
        @Nullable String assignee,
        @Nullable String team,
        long contacts,
        @Nullable Instant firstContactAt,
        Facts own,
        SortedMap<String, Facts> absorbed,
        @Nullable String mergedInto,
        SortedMap<String, String> crmIds,
        Erasure erasure) {

    /// More ids of one lead in CRMs than that are a CRM in error; later ones are in the events
    /// only.
    private static final int MOST_CRM_IDS = 100;

    static LeadLife start(String stage) {
        return new LeadLife(
                stage,
                Stage.Kind.OPEN,
                StageDecision.start(stage),
                null,
                null,
                0,
                null,
                Facts.NONE,
                new TreeMap<>(),
                null,
                new TreeMap<>(),
                Erasure.NONE);
    }

    /// All that count: its own, and those of the leads it stands for.
    Facts facts() {
        var all = own;
        for (var taken : absorbed.values()) {
            all = all.and(taken.notes());
        }
        return all;
    }

    /// When the person was forgotten; null: not yet.
    @Nullable Instant erasedAt() {
        return erasure.erasedAt();
    }

    /// Lost and returned leads stay so whatever facts tell.
    boolean closed() {
        return kind == Stage.Kind.LOST || kind == Stage.Kind.RETURNED;
    }

    LeadLife noticed(FactNote note) {
        return with(next -> next.own = own.and(note));
    }

    LeadLife on(LifeEvent event) {
        return switch (event) {
            case LifeEvent.StageChanged moved -> on(moved);
            case LifeEvent.Assigned assigned ->
                    with(next -> {
                        next.assignee = assigned.assignee();
                        next.team = assigned.team();
                    });
            case LifeEvent.Contacted contacted ->
                    with(next -> {
                        next.contacts = contacts + 1;
                        next.firstContactAt = earlier(firstContactAt, contacted.by().at());
                    });
            case LifeEvent.AppointmentChanged changed ->
                    changed.factId() == null ? noticed(LifeNotes.of(changed)) : this;
            case LifeEvent.Quoted quoted -> noticed(LifeNotes.of(quoted));
            case LifeEvent.Won won ->
                    noticed(LifeNotes.of(won)).decided(won.stage(), Stage.Kind.WON, won.by());
            case LifeEvent.Lost lost -> decided(lost.stage(), Stage.Kind.LOST, lost.by());
            case LifeEvent.Returned returned ->
                    decided(returned.stage(), Stage.Kind.RETURNED, returned.by());
            case LifeEvent.RefundRecorded refund -> noticed(LifeNotes.of(refund));
            case LifeEvent.Merged merged -> with(next -> next.mergedInto = merged.into());
            case LifeEvent.Unmerged _ -> with(next -> next.mergedInto = null);
            case LifeEvent.Absorbed taken ->
                    with(next -> next.absorbed.put(taken.mergedLeadId(), Facts.of(taken.facts())));
            case LifeEvent.Released released ->
                    with(next -> next.absorbed.remove(released.mergedLeadId()));
            case LifeEvent.CrmLinked linked ->
                    with(next -> {
                        if (crmIds.size() < MOST_CRM_IDS) {
                            next.crmIds.put(linked.crmLeadId(), LifeNotes.crm(linked.crm()));
                        }
                    });
            case LifeEvent.EraseRequested erase -> with(next -> next.erasure = erasure.on(erase));
            case LifeEvent.EraseWithdrawn _ -> with(next -> next.erasure = erasure.withdrawn());
            case LifeEvent.Erased erased -> with(next -> next.erasure = erasure.on(erased));
            case LifeEvent.Noted _,
                    LifeEvent.ActivityRecorded _,
                    LifeEvent.Corrected _,
                    LifeEvent.ConsentWithdrawn _ ->
                    this;
        };
    }

    private LeadLife on(LifeEvent.StageChanged moved) {
        var next = moved.isDecision() ? decided(moved.to(), moved.kind(), moved.by()) : this;
        boolean takenBack = moved.cause().equals(LifeEvent.StageChanged.REOPEN);
        return next.with(change -> {
            change.stage = moved.to();
            change.kind = moved.kind();
            if (takenBack) {
                // also of those that stand behind this lead; they keep it for when they are given
                // back
                change.own = withoutWins(own);
                change.absorbed.replaceAll((_, facts) -> withoutWins(facts));
            }
        });
    }

    private static Facts withoutWins(Facts facts) {
        return facts.without(note -> note.kind().equals(FactNote.WON));
    }

    private LeadLife decided(String where, Stage.Kind what, By by) {
        return with(next -> next.decided = decided.then(where, what, by.requestedAt()));
    }

    private static Instant earlier(@Nullable Instant known, Instant told) {
        return known == null || told.isBefore(known) ? told : known;
    }

    private LeadLife with(Consumer<Draft> change) {
        var draft = new Draft(this);
        change.accept(draft);
        return draft.done();
    }

    /// Twelve components, of which an event changes one or two.
    private static final class Draft {

        private String stage;
        private Stage.Kind kind;
        private StageDecision decided;
        private @Nullable String assignee;
        private @Nullable String team;
        private long contacts;
        private @Nullable Instant firstContactAt;
        private Facts own;
        private final SortedMap<String, Facts> absorbed;
        private @Nullable String mergedInto;
        private final SortedMap<String, String> crmIds;
        private Erasure erasure;

        Draft(LeadLife life) {
            stage = life.stage;
            kind = life.kind;
            decided = life.decided;
            assignee = life.assignee;
            team = life.team;
            contacts = life.contacts;
            firstContactAt = life.firstContactAt;
            own = life.own;
            absorbed = new TreeMap<>(life.absorbed);
            mergedInto = life.mergedInto;
            crmIds = new TreeMap<>(life.crmIds);
            erasure = life.erasure;
        }

        LeadLife done() {
            return new LeadLife(
                    stage,
                    kind,
                    decided,
                    assignee,
                    team,
                    contacts,
                    firstContactAt,
                    own,
                    absorbed,
                    mergedInto,
                    crmIds,
                    erasure);
        }
    }
}
