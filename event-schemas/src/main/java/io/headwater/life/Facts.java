package io.headwater.life;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Stream;

/// A set of facts about one lead: the newest [#MOST], whatever the order in which they came.
///
/// @param notes by time and id, each id once
public record Facts(List<FactNote> notes) {

    /// Keeps a lead's state below half a megabyte; older ones stay in the events and the views.
    public static final int MOST = 1_000;

    public static final Facts NONE = new Facts(List.of());

    public Facts {
        notes = List.copyOf(notes);
    }

    public static Facts of(Collection<FactNote> notes) {
        return NONE.and(notes);
    }

    public Facts and(FactNote note) {
        return and(List.of(note));
    }

    public Facts and(Collection<FactNote> more) {
        if (more.isEmpty()) {
            return this;
        }
        var all = new TreeSet<>(FactNote.BY_TIME);
        all.addAll(notes);
        all.addAll(more);
        var sorted = new ArrayList<>(all);
        return new Facts(sorted.subList(Math.max(0, sorted.size() - MOST), sorted.size()));
    }

    public Facts without(Predicate<FactNote> gone) {
        return new Facts(notes.stream().filter(gone.negate()).toList());
    }

    public Stream<FactNote> of(String kind) {
        return notes.stream().filter(note -> note.kind().equals(kind));
    }
}
