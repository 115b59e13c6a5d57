package io.headwater.projectors.platform.sink;

import static io.headwater.schema.SampleEvents.NOON;

import io.headwater.projectors.platform.Generation;
import io.headwater.projectors.platform.RowKey;
import io.headwater.views.TrafficRow;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/// A view topic of traffic as a fold of so many events would leave it, and what was added to it:
/// the model that tables are held against.
final class TrafficLog {

    private static final int SOURCES = 40;

    /// The row of one source.
    ///
    /// @param position of the record in the log
    record Row(long sessions, long events, long position) {}

    private final List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();
    private final Map<String, Row> rows = new HashMap<>();
    private final String topic;
    private long added;

    TrafficLog(Generation generation, long seed, int count) {
        topic = generation.viewTopic();
        var random = new Random(seed);
        for (int i = 0; i < count; i++) {
            // The last two are of one source, so that their order shows.
            int source = i >= count - 2 ? 0 : random.nextInt(SOURCES);
            add("source-" + source, random.nextInt(2), 1 + random.nextInt(5));
        }
    }

    List<ConsumerRecord<byte[], byte[]>> records() {
        return records;
    }

    /// By source, as they are at the end.
    Map<String, Row> rows() {
        return rows;
    }

    /// Events in all rows.
    long added() {
        return added;
    }

    /// @return offset of the last record of some source, of many
    int lastOfASource() {
        return (int) rows.values().stream().mapToLong(Row::position).min().orElseThrow();
    }

    private void add(String source, long sessions, long events) {
        int offset = records.size();
        added += events;
        Row before = rows.getOrDefault(source, new Row(0, 0, 0));
        Row now = new Row(before.sessions() + sessions, before.events() + events, offset);
        rows.put(source, now);
        var row =
                new TrafficRow(
                        "main",
                        NOON,
                        source,
                        "winter",
                        "DE",
                        "mobile",
                        now.sessions(),
                        now.events(),
                        0L,
                        0L,
                        0,
                        (long) offset);
        records.add(
                new ConsumerRecord<>(
                        topic,
                        0,
                        offset,
                        RowKey.of(row).getBytes(StandardCharsets.UTF_8),
                        SinkTables.SERDE.serialize(topic, row)));
    }
}
