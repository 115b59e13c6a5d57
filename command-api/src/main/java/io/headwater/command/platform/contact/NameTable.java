package io.headwater.command.platform.contact;

import java.nio.ByteBuffer;
import java.util.Base64;

/// Numbers by names, in 20 bytes for each: a list of millions stays in memory. Of a name, which is
/// a keyed hash, the first 128 bits are kept; two of them do not meet.
///
/// Open addressing with linear probing, at most three quarters full.
final class NameTable {

    /// What is not there, or not any more.
    static final int NONE = 0;

    private static final int FIRST_SIZE = 16;

    private long[] high = new long[FIRST_SIZE];
    private long[] low = new long[FIRST_SIZE];
    private int[] values = new int[FIRST_SIZE];
    private boolean[] used = new boolean[FIRST_SIZE];
    private int filled;
    private int size;

    /// @param value not [#NONE]
    void put(String name, int value) {
        if (4L * (filled + 1) > 3L * values.length) {
            grow();
        }
        var bits = bits(name);
        put(bits.getLong(0), bits.getLong(Long.BYTES), value);
    }

    int get(String name) {
        var bits = bits(name);
        int at = slot(bits.getLong(0), bits.getLong(Long.BYTES));
        return used[at] ? values[at] : NONE;
    }

    void remove(String name) {
        var bits = bits(name);
        int at = slot(bits.getLong(0), bits.getLong(Long.BYTES));
        if (used[at] && values[at] != NONE) {
            values[at] = NONE;
            size--;
        }
    }

    int size() {
        return size;
    }

    private void put(long one, long two, int value) {
        int at = slot(one, two);
        if (!used[at]) {
            used[at] = true;
            high[at] = one;
            low[at] = two;
            filled++;
        }
        if (values[at] == NONE) {
            size++;
        }
        values[at] = value;
    }

    /// Where it is, or the free place where it belongs.
    private int slot(long one, long two) {
        int mask = values.length - 1;
        // a hash is as good as random
        int at = (int) one & mask;
        while (used[at] && (high[at] != one || low[at] != two)) {
            at = (at + 1) & mask;
        }
        return at;
    }

    /// What was removed is left behind.
    private void grow() {
        var oldHigh = high;
        var oldLow = low;
        var oldValues = values;
        int room = size * 2 >= values.length ? values.length * 2 : values.length;
        high = new long[room];
        low = new long[room];
        values = new int[room];
        used = new boolean[room];
        filled = 0;
        size = 0;
        for (int i = 0; i < oldValues.length; i++) {
            if (oldValues[i] != NONE) {
                put(oldHigh[i], oldLow[i], oldValues[i]);
            }
        }
    }

    private static ByteBuffer bits(String name) {
        return ByteBuffer.wrap(Base64.getUrlDecoder().decode(name));
    }
}
