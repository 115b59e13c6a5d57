package io.headwater.projectors.platform.keys;

import io.headwater.projectors.platform.sink.KeyTables;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import tools.jackson.databind.annotation.JsonNaming;

/// What is answered about a key, as JSON with snake_case names.
final class KeyAnswers {

    private KeyAnswers() {}

    /// What the answer cost.
    ///
    /// @param recordsRead of topics, those of other keys included
    /// @param passes over the partition of the source
    /// @param events that hang together with the key
    /// @param lockedMicros how long the sink had to wait, in microseconds; 0: not at all
    @JsonNaming(SnakeCaseStrategy.class)
    record Cost(long recordsRead, int passes, int events, long millis, long lockedMicros) {}

    /// Rows as they were.
    ///
    /// @param offset of the last event that is in them
    /// @param recordedAt when that was recorded
    /// @param tables rows by table, values by column; of all that hangs together with the key
    @JsonNaming(SnakeCaseStrategy.class)
    record AsOf(
            String projection,
            int generation,
            String key,
            Instant asOf,
            String topic,
            int partition,
            long offset,
            Instant recordedAt,
            Map<String, List<Map<String, @Nullable Object>>> tables,
            Cost cost) {}

    /// Why the rows are as they are.
    ///
    /// @param matches what is in the tables is what the events give
    @JsonNaming(SnakeCaseStrategy.class)
    record Explained(
            String projection,
            int generation,
            String key,
            boolean matches,
            List<Row> differences,
            List<Event> events,
            Cost cost) {}

    /// An event and what it did.
    ///
    /// @param type name of its schema
    /// @param rows that it changed
    @JsonNaming(SnakeCaseStrategy.class)
    record Event(
            String topic,
            int partition,
            long offset,
            String type,
            Instant recordedAt,
            List<Change> rows) {}

    /// @param row key, as on the view topic
    /// @param columns that are other than before
    /// @param values of those of them that are not personal
    @JsonNaming(SnakeCaseStrategy.class)
    record Change(
            String table, String row, List<String> columns, Map<String, @Nullable Object> values) {}

    /// What was put right.
    ///
    /// @param source `events`; `view` where the first events are gone and the view still has the
    ///   row
    /// @param rows that were wrong; none when all were right
    /// @param left rows that the sink keeps aside or has still to write
    @JsonNaming(SnakeCaseStrategy.class)
    record Rebuilt(
            String projection,
            int generation,
            String key,
            String source,
            int rowsChecked,
            List<Row> rows,
            List<String> left,
            Cost cost) {}

    /// What a comparison alone found.
    ///
    /// @param rows that are wrong
    record Checked(int rowsChecked, List<Row> rows) {}

    /// A row that is or was not as it should be.
    ///
    /// @param kind missing, changed or surplus
    @JsonNaming(SnakeCaseStrategy.class)
    record Row(String table, String row, String kind, List<String> columns) {

        static Row of(KeyTables.Difference difference) {
            return new Row(
                    difference.table(),
                    difference.key(),
                    difference.kind().name().toLowerCase(java.util.Locale.ROOT),
                    difference.columns());
        }
    }
}
