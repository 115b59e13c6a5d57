package io.headwater.projectors.platform.keys;

import io.headwater.projectors.platform.RowKey;
import java.util.Map;
import java.util.Set;
import org.apache.avro.specific.SpecificRecord;

/// Up to where the history of a key goes: which versions of its rows count.
sealed interface Cut {

    /// @param offset of the event that made this version
    boolean includes(long offset, SpecificRecord row);

    /// @return offset after the last event that may count
    long end();

    /// All events before an offset.
    record Before(long end) implements Cut {
        @Override
        public boolean includes(long offset, SpecificRecord row) {
            return offset < end;
        }
    }

    /// All events before the last one, and of that the rows that are written: several may be, each
    /// by itself.
    ///
    /// @param last offset of the last event
    /// @param written keys of its rows
    record Within(long last, Set<String> written) implements Cut {
        @Override
        public boolean includes(long offset, SpecificRecord row) {
            return offset < last || (offset == last && written.contains(RowKey.of(row)));
        }

        @Override
        public long end() {
            return last + 1;
        }
    }

    /// Of every row the version that was written last.
    ///
    /// @param offsets of the events that made them, by key of the row
    record Versions(Map<String, Long> offsets) implements Cut {
        @Override
        public boolean includes(long offset, SpecificRecord row) {
            return offset <= offsets.getOrDefault(RowKey.of(row), -1L);
        }

        @Override
        public long end() {
            return offsets.values().stream().mapToLong(offset -> offset + 1).max().orElse(0);
        }
    }
}
