package io.headwater.projectors.lead;

import io.headwater.events.lead.AppointmentChanged;
import io.headwater.events.lead.FactAttributed;
import io.headwater.events.lead.FactRecorded;
import io.headwater.events.lead.LeadAbsorbed;
import io.headwater.events.lead.LeadQuoted;
import io.headwater.events.lead.LeadReleased;
import io.headwater.events.lead.LeadStageChanged;
import io.headwater.events.lead.LeadWon;
import io.headwater.events.lead.RefundRecorded;
import io.headwater.life.FactNote;
import io.headwater.state.LeadNoteState;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.avro.specific.SpecificRecord;
import org.jspecify.annotations.Nullable;

/// The set of facts of each lead, told by providers and by hand, as the decider keeps it: a fact
/// told twice is one, and nothing depends on the order.
///
/// A merge copies nothing: the facts of a lead are its own and those of the leads that it stands
/// for, so giving one back takes exactly what it brought.
final class LeadNotes {

    /// Of facts whose lead did not appear yet.
    private static final String NOBODY = "";

    private final LeadStores stores;

    LeadNotes(LeadStores stores) {
        this.stores = stores;
    }

    /// What a change of the facts is to be seen in.
    ///
    /// @param currencies whose money may be another
    record Changed(boolean appointments, Set<String> currencies) {

        static final Changed NOTHING = new Changed(false, Set.of());

        static Changed of(Collection<FactNote> notes) {
            var currencies = new TreeSet<String>();
            for (FactNote note : notes) {
                if (note.amountMinor() != null && note.currency() != null) {
                    currencies.add(note.currency());
                }
            }
            return new Changed(notes.stream().anyMatch(FactNote::isAppointment), currencies);
        }

        boolean any() {
            return appointments || !currencies.isEmpty();
        }
    }

    Changed on(SpecificRecord event) {
        return switch (event) {
            case FactRecorded e ->
                    told(
                            e.getLeadId() == null ? NOBODY : e.getLeadId(),
                            FactNote.of(e.getFact()),
                            "provider:" + e.getFact().getSourceId());
            case FactAttributed e -> attributed(e);
            // one that a fact told is that fact
            case AppointmentChanged e when e.getFactId() == null ->
                    byHand(e.getLeadId(), HandNotes.of(e), e.getActor(), e.getReason());
            case LeadQuoted e -> byHand(e.getLeadId(), HandNotes.of(e), e.getActor(), null);
            case LeadWon e -> byHand(e.getLeadId(), HandNotes.of(e), e.getActor(), null);
            case RefundRecorded e -> byHand(e.getLeadId(), HandNotes.of(e), e.getActor(), null);
            case LeadStageChanged e when e.getCause().equals(LifeFold.REOPEN) ->
                    winsTakenBack(e.getLeadId());
            case LeadAbsorbed e -> {
                stores.absorbed().put(key(e.getLeadId(), e.getMergedLeadId()), e.getMergedLeadId());
                yield Changed.of(facts(e.getMergedLeadId()));
            }
            case LeadReleased e -> givenBack(e);
            default -> Changed.NOTHING;
        };
    }

    /// @return of the lead and those merged into it, each fact once
    List<LeadNoteState> of(String leadId) {
        return List.copyOf(collected(leadId, new TreeSet<>()).values());
    }

    private List<FactNote> facts(String leadId) {
        return of(leadId).stream().map(LeadNotes::fact).toList();
    }

    static FactNote fact(LeadNoteState state) {
        return FactNote.of(state.getFact());
    }

    private Map<String, LeadNoteState> collected(String leadId, Set<String> seen) {
        var all = new TreeMap<String, LeadNoteState>();
        if (!seen.add(leadId)) {
            return all;
        }
        for (LeadNoteState own : stores.notes().valuesOf(key(leadId, ""))) {
            all.put(own.getFact().getFactId(), own);
        }
        for (String merged : stores.absorbed().valuesOf(key(leadId, ""))) {
            collected(merged, seen).forEach(all::putIfAbsent);
        }
        stores.takenBack().valuesOf(key(leadId, "")).forEach(all::remove);
        return all;
    }

    private Changed told(String leadId, FactNote note, String actor) {
        return note.decides()
                ? kept(leadId, note, state(note, actor).setToldBy(note.id()).build())
                : Changed.NOTHING;
    }

    private Changed byHand(String leadId, FactNote note, String actor, @Nullable String reason) {
        return kept(leadId, note, state(note, actor).setReason(reason).build());
    }

    private Changed kept(String leadId, FactNote note, LeadNoteState state) {
        stores.notes().put(key(leadId, note.id()), state);
        return Changed.of(List.of(note));
    }

    private Changed attributed(FactAttributed event) {
        String waiting = key(NOBODY, event.getFactId());
        LeadNoteState state = stores.notes().get(waiting);
        if (state == null) {
            return Changed.NOTHING;
        }
        stores.notes().delete(waiting);
        return kept(event.getLeadId(), fact(state), state);
    }

    /// Wins of merged leads count for them again when they are given back.
    private Changed winsTakenBack(String leadId) {
        var wins = facts(leadId).stream().filter(note -> note.kind().equals(FactNote.WON)).toList();
        for (FactNote win : wins) {
            String key = key(leadId, win.id());
            if (stores.notes().get(key) == null) {
                stores.takenBack().put(key, win.id());
            } else {
                stores.notes().delete(key);
            }
        }
        return Changed.of(wins);
    }

    private Changed givenBack(LeadReleased event) {
        String merged = event.getMergedLeadId();
        stores.absorbed().delete(key(event.getLeadId(), merged));
        // of whatever it brought, also what counted for nobody in between
        stores.group(merged).stream()
                .flatMap(lead -> stores.notes().valuesOf(key(lead, "")).stream())
                .forEach(
                        note -> stores.takenBack().delete(key(event.getLeadId(), fact(note).id())));
        return Changed.of(facts(merged));
    }

    private static LeadNoteState.Builder state(FactNote note, String actor) {
        return LeadNoteState.newBuilder().setFact(note.digest()).setActor(actor);
    }

    private static String key(String leadId, String what) {
        return leadId + "|" + what;
    }
}
