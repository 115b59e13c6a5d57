package io.headwater.life;

import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// One appointment, however often it was moved: a chain of bookings that replace each other.
///
///     requested ──► booked ──► shown          a booking that replaces another is the same
///                    │  ▲ └──► cancelled      appointment under a new ref
///                    ▼  │ withdrawn
///                   no_show
///
/// @param ref of the chain's first booking
/// @param currentRef of the booking that counts now
/// @param status requested, booked, cancelled, shown or no_show
/// @param refs of all its bookings
public record Appointment(
        String ref,
        String currentRef,
        String status,
        @Nullable Instant startsAt,
        SortedSet<String> refs) {

    public static final String NO_SHOW_WITHDRAWN = "appointment_no_show_withdrawn";

    /// Of two facts of one moment the one further on in the life of an appointment counts.
    private static final List<String> ORDER =
            List.of(
                    "appointment_requested",
                    FactNote.BOOKED,
                    FactNote.RESCHEDULED,
                    "appointment_no_show",
                    NO_SHOW_WITHDRAWN,
                    FactNote.SHOWN,
                    "appointment_canceled");

    private static final Comparator<FactNote> AS_HAPPENED =
            Comparator.comparing(FactNote::at)
                    .thenComparing(note -> ORDER.indexOf(note.kind()))
                    .thenComparing(FactNote::id);

    /// @return each once, by ref
    public static List<Appointment> of(Collection<FactNote> facts) {
        var chains = new Chains(facts);
        return chains.components().stream().map(chains::appointment).toList();
    }

    /// @return the one that the booking belongs to
    public static Optional<Appointment> of(Collection<FactNote> facts, String bookingRef) {
        return of(facts).stream().filter(one -> one.refs().contains(bookingRef)).findFirst();
    }

    public boolean isOpen() {
        return status.equals("booked") || status.equals("requested");
    }

    private static final class Chains {

        private final Map<String, List<FactNote>> notes = new TreeMap<>();
        private final Map<String, Set<String>> linked = new HashMap<>();
        private final Map<String, Set<String>> previous = new HashMap<>();
        private final Set<String> replaced = new TreeSet<>();

        Chains(Collection<FactNote> facts) {
            for (var note : facts) {
                if (note.isAppointment()) {
                    add(note);
                }
            }
            notes.values().forEach(of -> of.sort(AS_HAPPENED));
        }

        private void add(FactNote note) {
            String ref = note.subject();
            String before = note.previousRef();
            notes.computeIfAbsent(ref, _ -> new ArrayList<>()).add(note);
            linked.computeIfAbsent(ref, _ -> new TreeSet<>());
            if (before != null && !before.equals(ref)) {
                linked.get(ref).add(before);
                linked.computeIfAbsent(before, _ -> new TreeSet<>()).add(ref);
                previous.computeIfAbsent(ref, _ -> new TreeSet<>()).add(before);
                replaced.add(before);
            }
        }

        List<SortedSet<String>> components() {
            var components = new ArrayList<SortedSet<String>>();
            var seen = new TreeSet<String>();
            for (String ref : new TreeSet<>(linked.keySet())) {
                if (!seen.contains(ref)) {
                    var component = reachable(ref);
                    seen.addAll(component);
                    components.add(component);
                }
            }
            return components;
        }

        private SortedSet<String> reachable(String from) {
            var reached = new TreeSet<String>();
            var ahead = new ArrayDeque<String>(List.of(from));
            while (!ahead.isEmpty()) {
                String ref = ahead.pop();
                if (reached.add(ref)) {
                    ahead.addAll(linked.getOrDefault(ref, Set.of()));
                }
            }
            return reached;
        }

        Appointment appointment(SortedSet<String> refs) {
            var roots = refs.stream().filter(ref -> !previous.containsKey(ref)).toList();
            var heads = refs.stream().filter(ref -> !replaced.contains(ref)).toList();
            // facts that contradict each other may form a ring
            String root = roots.isEmpty() ? refs.getFirst() : roots.getFirst();
            String head = newest(heads.isEmpty() ? refs : heads);
            String status = "requested";
            Instant startsAt = null;
            for (var note : notes.getOrDefault(head, List.of())) {
                status = after(status, note);
                startsAt = note.startsAt() == null ? startsAt : note.startsAt();
            }
            return new Appointment(root, head, status, startsAt, refs);
        }

        private String newest(Collection<String> heads) {
            return heads.stream()
                    .max(
                            Comparator.comparing(this::lastTold)
                                    .thenComparing(Comparator.naturalOrder()))
                    .orElseThrow();
        }

        private Instant lastTold(String ref) {
            var told = notes.get(ref);
            return told == null ? Instant.MIN : told.getLast().at();
        }

        private static String after(String status, FactNote note) {
            return switch (note.kind()) {
                case "appointment_requested" -> "requested";
                case "appointment_no_show" -> "no_show";
                case "appointment_canceled" -> "cancelled";
                case FactNote.SHOWN -> "shown";
                case NO_SHOW_WITHDRAWN -> status.equals("no_show") ? "booked" : status;
                default -> "booked";
            };
        }
    }
}
