package io.headwater.launcher.sweep;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// The search in one place: is given bytes, unit by unit (a key, a value, a column, a file), and
/// remembers in which of them something stood. Not for several threads.
final class Look {

    /// Of what was found, so much is told one by one; all of it is counted.
    private static final int MOST = 50;

    /// Something that stood somewhere.
    ///
    /// @param where without the value
    /// @param what kind of value
    record Found(String where, String what) {}

    private final List<Value> values;
    private final Automaton anyCase;
    private final Automaton exact;
    private final Progress progress;

    private final Map<String, Long> counts = new LinkedHashMap<>();
    private final List<Found> found = new ArrayList<>();
    private final BitSet seen = new BitSet();
    private long bytes;
    private long deciding;
    private long names;

    private final BitSet inUnit = new BitSet();
    private int anyCaseState;
    private int exactState;

    /// What is said while it takes long.
    interface Progress {
        void at(Map<String, Long> counts, long bytes);
    }

    /// Both automata are made once for all places.
    static final class Words {
        private final List<Value> values;
        private final Automaton anyCase;
        private final Automaton exact;

        Words(List<Value> values) {
            this.values = List.copyOf(values);
            var some = new HashMap<Integer, Set<ByteBuffer>>();
            var others = new HashMap<Integer, Set<ByteBuffer>>();
            for (int i = 0; i < values.size(); i++) {
                var spellings = Spellings.of(values.get(i));
                some.put(i, spellings.anyCase());
                others.put(i, spellings.exact());
            }
            anyCase = new Automaton(some, true);
            exact = new Automaton(others, false);
        }
    }

    Look(Words words, Progress progress) {
        this.values = words.values;
        this.anyCase = words.anyCase;
        this.exact = words.exact;
        this.progress = progress;
    }

    /// Counts what was looked at.
    ///
    /// @param unit `records`, `rows`, `objects`, …
    void count(String unit, long more) {
        counts.merge(unit, more, Long::sum);
    }

    /// Begins a unit, in which nothing was read yet.
    void begin() {
        inUnit.clear();
        restart();
    }

    /// The next bytes of this unit do not go on from the last ones.
    void restart() {
        anyCaseState = Automaton.START;
        exactState = Automaton.START;
    }

    /// Bytes that go on from the last ones.
    void read(byte[] bytes, int from, int to) {
        anyCaseState = anyCase.read(anyCaseState, bytes, from, to, inUnit::set);
        exactState = exact.read(exactState, bytes, from, to, inUnit::set);
        this.bytes += (long) to - from;
        progress.at(counts, this.bytes);
    }

    /// @param where is asked for only when something was found
    void end(Supplier<String> where) {
        if (inUnit.isEmpty()) {
            return;
        }
        var here = (BitSet) inUnit.clone();
        String place = nameless(where.get());
        for (int i = here.nextSetBit(0); i >= 0; i = here.nextSetBit(i + 1)) {
            seen.set(i);
            var kind = values.get(i).kind();
            if (kind == Value.Kind.PROBE) {
                continue;
            }
            if (kind.decides()) {
                deciding++;
            } else {
                names++;
            }
            if (found.size() < MOST) {
                found.add(new Found(place, kind.label()));
            }
        }
    }

    /// A whole unit.
    void unit(byte @Nullable [] bytes, Supplier<String> where) {
        if (bytes != null) {
            begin();
            read(bytes, 0, bytes.length);
            end(where);
        }
    }

    /// A key, a name or a column may be the value itself.
    private String nameless(String where) {
        begin();
        byte[] bytes = where.getBytes(StandardCharsets.UTF_8);
        anyCase.read(Automaton.START, bytes, 0, bytes.length, inUnit::set);
        exact.read(Automaton.START, bytes, 0, bytes.length, inUnit::set);
        return inUnit.isEmpty() ? where : "a name that has the value in it";
    }

    boolean saw(Value value) {
        return seen.get(values.indexOf(value));
    }

    /// What was looked at, by unit.
    Map<String, Long> counts() {
        var all = new LinkedHashMap<>(counts);
        all.put("bytes", bytes);
        return all;
    }

    List<Found> found() {
        return found;
    }

    long deciding() {
        return deciding;
    }

    long names() {
        return names;
    }
}
