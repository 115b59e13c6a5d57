package io.headwater.projectors.platform.keys;

import io.headwater.projectors.platform.RowKey;
import io.headwater.projectors.platform.SourcePosition;
import io.headwater.projectors.platform.fold.KeyedProjection;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.avro.specific.SpecificRecord;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Every version of every row that the events of a key made, by the fold that the projection runs.
final class KeyHistory {

    private static final Logger log = LoggerFactory.getLogger(KeyHistory.class);

    /// @param rows that the event changed; none when it does not fold
    record Step(SourceEvent source, List<SpecificRecord> rows) {}

    private final List<Step> steps;

    private KeyHistory(List<Step> steps) {
        this.steps = steps;
    }

    /// @param events in the order of the log
    static KeyHistory of(KeyedProjection projection, int partition, List<SourceEvent> events) {
        var fold = projection.keyedFold();
        var steps = new ArrayList<Step>(events.size());
        for (var source : events) {
            List<SpecificRecord> rows = List.of();
            try {
                rows =
                        fold.fold(
                                source.recordKey(),
                                source.event(),
                                new SourcePosition(partition, source.offset()));
            } catch (RuntimeException deadLetter) {
                // In the topology, too: whatever an event makes the fold throw is its own fault.
                log.atDebug()
                        .addKeyValue("offset", source.offset())
                        .addKeyValue("cause", deadLetter.getClass().getSimpleName())
                        .log("event does not fold");
            }
            steps.add(new Step(source, rows));
        }
        return new KeyHistory(steps);
    }

    List<Step> steps() {
        return steps;
    }

    /// @return rows by key, as they were
    Map<String, SpecificRecord> at(Cut cut) {
        var rows = new TreeMap<String, SpecificRecord>();
        for (var step : steps) {
            for (var row : step.rows()) {
                if (cut.includes(step.source().offset(), row)) {
                    rows.put(RowKey.of(row), row);
                }
            }
        }
        return rows;
    }
}
