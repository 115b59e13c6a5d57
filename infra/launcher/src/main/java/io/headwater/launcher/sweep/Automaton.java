package io.headwater.launcher.sweep;

import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Finds many byte strings in one look at each byte, in pieces of any size (Aho and Corasick, as a
/// table). Immutable; where a look stands is one number.
final class Automaton {

    static final int START = 0;
    private static final int[] NONE = {};

    private final int[] classOf = new int[256];
    private final int classes;
    private final int[] next;
    private final int[][] ends;

    /// @param words of each number that is to be told
    /// @param anyCase whether upper-case ASCII letters count as lower-case ones
    Automaton(Map<Integer, Set<ByteBuffer>> words, boolean anyCase) {
        this.classes = classes(words, anyCase);
        int most =
                1
                        + words.values().stream()
                                .flatMap(Set::stream)
                                .mapToInt(ByteBuffer::remaining)
                                .sum();
        int[] table = new int[Math.multiplyExact(most, classes)];
        Arrays.fill(table, -1);
        int[][] told = new int[most][];
        Arrays.fill(told, NONE);
        int states = 1;
        for (var entry : words.entrySet()) {
            for (ByteBuffer word : entry.getValue()) {
                int state = START;
                for (int i = word.position(); i < word.limit(); i++) {
                    int at = state * classes + classOf[word.get(i) & 0xff];
                    if (table[at] < 0) {
                        table[at] = states++;
                    }
                    state = table[at];
                }
                told[state] = joined(told[state], new int[] {entry.getKey()});
            }
        }
        this.next = Arrays.copyOf(table, states * classes);
        this.ends = Arrays.copyOf(told, states);
        complete();
    }

    /// Bytes that no word has are all the same to it: class 0.
    private int classes(Map<Integer, Set<ByteBuffer>> words, boolean anyCase) {
        int known = 1;
        for (var word : words.values().stream().flatMap(Set::stream).toList()) {
            for (int i = word.position(); i < word.limit(); i++) {
                int folded = anyCase ? lower(word.get(i) & 0xff) : word.get(i) & 0xff;
                if (classOf[folded] == 0) {
                    classOf[folded] = known++;
                }
            }
        }
        if (anyCase) {
            for (int upper = 'A'; upper <= 'Z'; upper++) {
                classOf[upper] = classOf[lower(upper)];
            }
        }
        return known;
    }

    private static int lower(int c) {
        return c >= 'A' && c <= 'Z' ? c + ('a' - 'A') : c;
    }

    /// Where no word goes on, the longest one does that begins within what was read.
    private void complete() {
        int[] shorter = new int[ends.length];
        var waiting = new ArrayDeque<Integer>(List.of(START));
        while (!waiting.isEmpty()) {
            int state = waiting.remove();
            for (int c = 0; c < classes; c++) {
                int at = state * classes + c;
                int other = state == START ? START : next[shorter[state] * classes + c];
                if (next[at] < 0) {
                    next[at] = other;
                } else {
                    shorter[next[at]] = other;
                    ends[next[at]] = joined(ends[next[at]], ends[other]);
                    waiting.add(next[at]);
                }
            }
        }
    }

    private static int[] joined(int[] some, int[] others) {
        if (others.length == 0) {
            return some;
        }
        int[] all = Arrays.copyOf(some, some.length + others.length);
        System.arraycopy(others, 0, all, some.length, others.length);
        return Arrays.stream(all).distinct().toArray();
    }

    /// What is told of a number whose word ends somewhere in the bytes.
    interface Found {
        void number(int number);
    }

    /// @param state where the look before ended, [#START] at the beginning
    /// @return where this one ended
    int read(int state, byte[] bytes, int from, int to, Found found) {
        int here = state;
        for (int i = from; i < to; i++) {
            here = next[here * classes + classOf[bytes[i] & 0xff]];
            int[] ended = ends[here];
            if (ended.length > 0) {
                for (int number : ended) {
                    found.number(number);
                }
            }
        }
        return here;
    }
}
