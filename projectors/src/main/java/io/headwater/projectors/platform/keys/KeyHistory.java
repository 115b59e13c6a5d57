package io.headwater.projectors.platform.keys;

import io.headwater.projectors.platform.RowKey;
import io.headwater.projectors.platform.SourcePosition;
import io.headwater.projectors.platform.fold.Fold;
import io.headwater.projectors.platform.fold.FoldStores;
import io.headwater.projectors.platform.fold.KeyedProjection;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.apache.avro.specific.SpecificRecord;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Every version of every row that the events of a key made, by the fold that the projection runs.
final class KeyHistory {

    private static final Logger log = LoggerFactory.getLogger(KeyHistory.class);

    /// @param rows that the event changed; none when it does not fold
    record Step(SourceEvent source, List<? extends SpecificRecord> rows) {}

    /// @param offset of the event that made it
    private record Version(long offset, SpecificRecord row) {}

    private final Fold fold;
    private final int partition;
    private final List<Step> steps = new ArrayList<>();
    private final Map<String, List<Version>> versions = new TreeMap<>();

    private KeyHistory(Fold fold, int partition) {
        this.fold = fold;
        this.partition = partition;
    }

    /// @param events in the order of the log
    static KeyHistory of(KeyedProjection projection, int partition, List<SourceEvent> events) {
        var history = new KeyHistory(projection.fold(FoldStores.inMemory()), partition);
        history.goOn(events);
        return history;
    }

    /// Folds what came after its last event, so that little is left to do while the sink waits.
    ///
    /// @param events all of the key, in the order of the log
    /// @return whether these begin with the events that it has; else it is left as it was
    boolean goOn(List<SourceEvent> events) {
        int known = steps.size();
        if (events.size() < known
                || (known > 0
                        && events.get(known - 1).offset() != steps.getLast().source().offset())) {
            return false;
        }
        events.subList(known, events.size()).forEach(source -> add(step(source)));
        return true;
    }

    private void add(Step step) {
        steps.add(step);
        for (var row : step.rows()) {
            versions.computeIfAbsent(RowKey.of(row), unseen -> new ArrayList<>())
                    .add(new Version(step.source().offset(), row));
        }
    }

    private Step step(SourceEvent source) {
        try {
            var position = new SourcePosition(partition, source.offset());
            return new Step(source, fold.fold(source.recordKey(), source.event(), position));
        } catch (RuntimeException deadLetter) {
            // In the topology, too: whatever an event makes the fold throw is its own fault.
            log.atDebug()
                    .addKeyValue("offset", source.offset())
                    .addKeyValue("cause", deadLetter.getClass().getSimpleName())
                    .log("event does not fold");
            return new Step(source, List.of());
        }
    }

    List<Step> steps() {
        return steps;
    }

    /// @return rows by key, as they were
    Map<String, SpecificRecord> at(Cut cut) {
        return at(cut, versions.keySet());
    }

    /// @param keys of the rows to tell
    Map<String, SpecificRecord> at(Cut cut, Set<String> keys) {
        var rows = new TreeMap<String, SpecificRecord>();
        for (String key : keys) {
            for (var version : versions.getOrDefault(key, List.of()).reversed()) {
                if (cut.includes(version.offset(), version.row())) {
                    rows.put(key, version.row());
                    break;
                }
            }
        }
        return rows;
    }
}
