package io.headwater.projectors.platform.fold;

import io.headwater.projectors.platform.RowKey;
import io.headwater.projectors.platform.SourcePosition;
import io.headwater.projectors.platform.View;
import org.apache.avro.Schema;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.kstream.Grouped;
import org.apache.kafka.streams.kstream.KStream;
import org.apache.kafka.streams.kstream.Named;
import org.apache.kafka.streams.kstream.Reducer;

/// Purely additive rows: every `long` that is neither in the key nor a position is added up, and
/// the newest position stands. The order of adding does not matter, so partitions may meet here.
///
/// @param <T> the row
public final class Sums<T extends SpecificRecord> implements Reducer<T> {

    private final Class<T> type;
    private final Schema schema;
    private final boolean[] added;
    private final int partition;
    private final int offset;

    public Sums(Class<T> type) {
        this.type = type;
        schema = SpecificData.get().getSchema(type);
        partition = schema.getField(RowKey.SOURCE_PARTITION).pos();
        offset = schema.getField(RowKey.SOURCE_OFFSET).pos();
        var key = RowKey.columns(schema);
        added = new boolean[schema.getFields().size()];
        for (var field : schema.getFields()) {
            added[field.pos()] =
                    field.schema().getType() == Schema.Type.LONG
                            && field.pos() != offset
                            && !key.contains(field.name());
        }
    }

    /// Every record becomes small rows that are added up by key and written out.
    ///
    /// @param deltas keyed by the row's key
    /// @param name of the repartition topic and, with `-rows`, of the store
    public static <T extends SpecificRecord> void of(
            KStream<String, T> deltas, String name, Class<T> type, View view) {
        var rows =
                deltas.groupByKey(
                                Grouped.<String, T>as(name)
                                        .withKeySerde(Serdes.String())
                                        .withValueSerde(view.serde()))
                        .reduce(
                                new Sums<>(type),
                                Named.as(name + "-sum"),
                                view.cachedStore(name + "-rows"))
                        .toStream(Named.as(name + "-changes"));
        view.rowsByKey(rows, name + "-out");
    }

    /// @return a new row of the key that both have
    @Override
    public T apply(T a, T b) {
        T sum = type.cast(SpecificData.newInstance(type, schema));
        for (int field = 0; field < added.length; field++) {
            sum.put(field, added[field] ? (long) a.get(field) + (long) b.get(field) : a.get(field));
        }
        var newest = position(a).newest(position(b));
        sum.put(partition, newest.partition());
        sum.put(offset, newest.offset());
        return sum;
    }

    private SourcePosition position(T row) {
        return new SourcePosition((int) row.get(partition), (long) row.get(offset));
    }
}
