package io.headwater.projectors.platform.bulk;

import io.headwater.projectors.platform.Projection;
import io.headwater.projectors.platform.RowKey;
import io.headwater.projectors.platform.fold.Sums;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.apache.avro.Schema;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificRecord;

/// Rows of a projection that several partitions add to, in stores of the names that they have in
/// its topology.
final class RowSums {

    private static final String STORE = "-rows";

    private record Kind(String store, Sums<SpecificRecord> sums) {}

    private final Map<Schema, Kind> kinds = new LinkedHashMap<>();
    private final Map<String, String> storesByTable = new HashMap<>();

    RowSums(Projection projection) {
        projection
                .sums()
                .forEach((row, name) -> {
                    Schema schema = SpecificData.get().getSchema(row);
                    kinds.put(schema, new Kind(name + STORE, sums(row)));
                    storesByTable.put(RowKey.table(schema), name + STORE);
                });
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

    /// @return a new row of the key that both have
    SpecificRecord sum(SpecificRecord a, SpecificRecord b) {
        return kind(a).sums().apply(a, b);
    }

    /// @param key of a row of one of these kinds
    /// @return the store that it is kept in
    String storeOf(String key) {
        return Objects.requireNonNull(storesByTable.get(RowKey.tableOf(key)));
    }

    void addAll(BoundedStores from, AddedSums to) {
        for (var kind : kinds.values()) {
            from.<SpecificRecord>store(kind.store())
                    .<RuntimeException>forEachUnordered((key, row, at) -> to.add(key, row, at));
        }
    }

    private Kind kind(SpecificRecord row) {
        return Objects.requireNonNull(kinds.get(row.getSchema()));
    }
}
