package io.headwater.projectors.platform.bulk;

import io.headwater.projectors.platform.Projection;
import io.headwater.projectors.platform.RowKey;
import io.headwater.projectors.platform.fold.Sums;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificRecord;

/// Rows of a projection that several partitions add to, in stores of the names that they have in
/// its topology.
final class RowSums {

    private static final String STORE = "-rows";

    private record Kind(String store, Sums<SpecificRecord> sums) {}

    private final Map<Schema, Kind> kinds = new LinkedHashMap<>();

    RowSums(Projection projection) {
        projection
                .sums()
                .forEach((row, name) ->
                        kinds.put(
                                SpecificData.get().getSchema(row),
                                new Kind(name + STORE, sums(row))));
    }

    @SuppressWarnings("unchecked") // rows of one kind are added to rows of the same
    private static Sums<SpecificRecord> sums(Class<? extends SpecificRecord> row) {
        return new Sums<>((Class<SpecificRecord>) row);
    }

    Collection<String> stores() {
        return kinds.values().stream().map(Kind::store).toList();
    }

    boolean isEmpty() {
        return kinds.isEmpty();
    }

    boolean isOne(String store) {
        return stores().contains(store);
    }

    /// @return false when it is no such row
    boolean add(BoundedStores stores, SpecificRecord row) {
        var kind = kinds.get(row.getSchema());
        if (kind == null) {
            return false;
        }
        add(kind, stores, RowKey.of(row), row);
        return true;
    }

    private static void add(Kind kind, BoundedStores stores, String key, SpecificRecord row) {
        var store = stores.<SpecificRecord>store(kind.store());
        SpecificRecord before = store.get(key);
        store.put(key, before == null ? row : kind.sums().apply(before, row));
    }

    void addAll(BoundedStores from, BoundedStores to) {
        for (var kind : kinds.values()) {
            from.<SpecificRecord>store(kind.store())
                    .<RuntimeException>forEach((key, row, at) -> {
                        to.at(at);
                        add(kind, to, key, row);
                        to.bound();
                    });
        }
    }
}
