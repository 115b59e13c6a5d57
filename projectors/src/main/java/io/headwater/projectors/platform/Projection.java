package io.headwater.projectors.platform;

import io.headwater.projectors.platform.fold.Fold;
import io.headwater.projectors.platform.fold.FoldStores;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.streams.StreamsBuilder;

/// A pure function from events to rows, as a Kafka Streams topology.
///
/// Folds only: no clock, no random, no look-up, no dependence on the order between partitions, so
/// that a replay gives the same rows.
public interface Projection {

    /// Name in the catalogue of topics: prefix of the schema, part of the view topic.
    String name();

    /// Changes whenever the same events would give other rows: then a new generation is due. The
    /// code of the version before stays beside it until its last generation is gone.
    int foldVersion();

    /// Folder of the migrations that make its tables, below `db/projectors/generation`. A version
    /// whose tables are others has a folder of its own.
    default String tables() {
        return name();
    }

    /// What is meant to differ from the version before: `table` or `table.column`. Everything else
    /// must be equal, or a rebuild is not switched to.
    default Set<String> changes() {
        return Set.of();
    }

    /// Event topics read.
    List<String> sources();

    /// Kinds of rows; each names its table and key in its schema.
    List<Class<? extends SpecificRecord>> rows();

    /// The fold without its topology, over stores of the same names: what a rebuild folds whole
    /// partitions with.
    Fold fold(FoldStores stores);

    /// Rows that several source partitions add to: of these the fold gives what one event adds.
    ///
    /// @return by kind of row, the name given to [io.headwater.projectors.platform.fold.Sums]
    default Map<Class<? extends SpecificRecord>, String> sums() {
        return Map.of();
    }

    /// Which records have to do with each other: those whose keys have different numbers never meet
    /// in a store, so a rebuild whose state does not fit into memory folds them one group after the
    /// other. By default those of one key stay together.
    ///
    /// @param key of a record on any of the sources
    default int groupOf(String key) {
        return key.hashCode();
    }

    /// Adds sources, fold and the way out to the builder.
    void addTo(StreamsBuilder builder, View view);
}
