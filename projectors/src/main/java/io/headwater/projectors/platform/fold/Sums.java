package io.headwater.projectors.platform.fold;

import io.headwater.projectors.platform.View;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.kstream.Grouped;
import org.apache.kafka.streams.kstream.KStream;
import org.apache.kafka.streams.kstream.Named;
import org.apache.kafka.streams.kstream.Reducer;

/// Purely additive views: every record becomes small rows that are added up by key. The order of
/// adding does not matter, so partitions may meet here.
public final class Sums {

    private Sums() {}

    /// Adds up and writes out.
    ///
    /// @param deltas keyed by the row's key
    /// @param name of the repartition topic and, with `-rows`, of the store
    public static <T extends SpecificRecord> void of(
            KStream<String, T> deltas, String name, Reducer<T> add, View view) {
        var rows =
                deltas.groupByKey(
                                Grouped.<String, T>as(name)
                                        .withKeySerde(Serdes.String())
                                        .withValueSerde(view.serde()))
                        .reduce(add, Named.as(name + "-sum"), view.cachedStore(name + "-rows"))
                        .toStream(Named.as(name + "-changes"));
        view.rowsByKey(rows, name + "-out");
    }
}
