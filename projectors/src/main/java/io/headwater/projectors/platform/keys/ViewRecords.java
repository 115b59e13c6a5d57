package io.headwater.projectors.platform.keys;

import io.headwater.projectors.platform.RowKey;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.Deserializer;

/// What a partition of a view topic tells of the tables: all that lies before their position is in
/// them.
///
/// What compaction took below the position has a newer record behind it, which the sink is going to
/// write over whatever is in the table.
final class ViewRecords {

    /// Of the newest records, at first; then eight times as many.
    private static final int LOOK_BACK = 64;

    private final RecordLog view;
    private final Deserializer<SpecificRecord> deserializer;
    private final Map<String, NavigableMap<Long, SpecificRecord>> versions = new HashMap<>();
    private final NavigableMap<Long, SpecificRecord> tail = new TreeMap<>();
    private long tailFrom;
    private long tailTo;
    private long readTo;

    ViewRecords(RecordLog view, Deserializer<SpecificRecord> deserializer) {
        this.view = view;
        this.deserializer = deserializer;
    }

    /// Reads what there is beforehand, so that little is left to read while the sink waits.
    ///
    /// @param rowKeys as for [#collect]; none: only warms up
    /// @return up to where
    long prepare(Set<String> rowKeys) {
        long end = view.end();
        if (rowKeys.isEmpty()) {
            lastEventBefore(end);
        } else {
            collect(rowKeys, end);
        }
        return end;
    }

    /// For views whose records are in the order of the source: the last event before a position.
    ///
    /// @param position of the tables
    Cut lastEventBefore(long position) {
        if (position < tailFrom || tail.isEmpty()) {
            tail.clear();
            tailFrom = position;
            tailTo = position;
        }
        readTail(tailTo, position);
        tailTo = Math.max(tailTo, position);
        long first = view.first();
        for (long back = LOOK_BACK; ; back *= 8) {
            var rows = tail.headMap(position).values();
            long last = rows.stream().mapToLong(ViewRecords::offset).max().orElse(-1);
            if (tailFrom <= first || rows.stream().anyMatch(row -> offset(row) < last)) {
                return new Cut.Within(last, written(rows, last));
            }
            long from = Math.max(first, tailFrom - back);
            readTail(from, tailFrom);
            tailFrom = from;
        }
    }

    private void readTail(long from, long to) {
        view.read(from, to, record -> row(record).ifPresent(row -> tail.put(record.offset(), row)));
    }

    /// For views of which only the newest of several changes is written: takes what is there of
    /// some keys, from the beginning or from where it stopped.
    void collect(Set<String> rowKeys, long to) {
        long from = Math.max(readTo, view.first());
        view.read(
                from,
                to,
                record -> {
                    if (record.key() == null) {
                        return;
                    }
                    String key = new String(record.key(), StandardCharsets.UTF_8);
                    if (rowKeys.contains(key)) {
                        row(record)
                                .ifPresent(row ->
                                        versions.computeIfAbsent(key, unseen -> new TreeMap<>())
                                                .put(record.offset(), row));
                    }
                });
        readTo = Math.max(readTo, to);
    }

    /// @return of the collected keys the rows that were written last before a position
    Map<String, SpecificRecord> newestBefore(long position) {
        var newest = new TreeMap<String, SpecificRecord>();
        versions.forEach((key, rows) -> {
            var entry = rows.lowerEntry(position);
            if (entry != null) {
                newest.put(key, entry.getValue());
            }
        });
        return newest;
    }

    /// @return collected keys whose only records the sink has still to write
    Set<String> onlyAfter(long position) {
        return versions.entrySet().stream()
                .filter(rows -> rows.getValue().lowerKey(position) == null)
                .map(Map.Entry::getKey)
                .collect(Collectors.toSet());
    }

    /// @return offset of the event that made a row
    static long offset(SpecificRecord row) {
        return (long) row.get(row.getSchema().getField(RowKey.SOURCE_OFFSET).pos());
    }

    private Optional<SpecificRecord> row(ConsumerRecord<byte[], byte[]> record) {
        try {
            return Optional.ofNullable(deserializer.deserialize(record.topic(), record.value()));
        } catch (SerializationException parked) {
            return Optional.empty(); // the sink could not write it either
        }
    }

    private static Set<String> written(Collection<SpecificRecord> rows, long offset) {
        var keys = new HashSet<String>();
        rows.stream().filter(row -> offset(row) == offset).forEach(row -> keys.add(RowKey.of(row)));
        return keys;
    }
}
