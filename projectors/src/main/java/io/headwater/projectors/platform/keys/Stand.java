package io.headwater.projectors.platform.keys;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.apache.avro.specific.SpecificRecord;

/// What the log tells of the rows of a key at a position of the tables.
///
/// @param history of all that hangs together with the key
/// @param fromView the first events are gone, so the rows are those of the view
/// @param written newest rows on the view, when those are what tells
/// @param unwritten keys of rows that the sink has still to write for the first time
record Stand(
        KeyHistory history,
        Cut cut,
        boolean fromView,
        Map<String, SpecificRecord> written,
        Set<String> unwritten) {

    /// All rows, by key; those of others that hang together with it, too.
    Map<String, SpecificRecord> rows() {
        return fromView ? written : history.at(cut);
    }

    /// In the order of their keys.
    List<SpecificRecord> rows(Set<String> keys) {
        if (!fromView) {
            return List.copyOf(history.at(cut, keys).values());
        }
        var rows = new TreeMap<>(written);
        rows.keySet().retainAll(keys);
        return List.copyOf(rows.values());
    }
}
