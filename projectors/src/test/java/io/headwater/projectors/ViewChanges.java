package io.headwater.projectors;

import io.headwater.projectors.platform.Projection;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.apache.avro.specific.SpecificRecord;

/// What the folds put on their view topics: every change of every row, in order.
public final class ViewChanges {

    /// A record of a view topic.
    public record Change(String key, SpecificRecord row) {}

    private ViewChanges() {}

    /// @param seed of the history that is folded
    /// @param stateDir for the fold's stores
    public static List<Change> of(String projection, long seed, Path stateDir) {
        Projection fold =
                TopologiesTest.projections()
                        .filter(one -> one.name().equals(projection))
                        .findFirst()
                        .orElseThrow();
        try (var driver = new FoldDriver(fold, stateDir)) {
            History.of(fold, new Random(seed))
                    .forEach(one -> driver.send(one.topic(), one.key(), one.event()));
            return driver.changes();
        }
    }
}
