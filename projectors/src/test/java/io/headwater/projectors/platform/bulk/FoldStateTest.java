package io.headwater.projectors.platform.bulk;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.headwater.projectors.FoldDriver;
import io.headwater.projectors.History;
import io.headwater.projectors.History.Sent;
import io.headwater.projectors.TopologiesTest;
import io.headwater.projectors.platform.Projection;
import io.headwater.projectors.platform.RowKey;
import io.headwater.projectors.platform.SourcePosition;
import io.headwater.projectors.platform.fold.Sums;
import io.headwater.schema.AvroSerde;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.utils.Bytes;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// A fold over whole partitions leaves what its topology leaves: the same stores with the same
/// bytes, the same rows. In memory, when nothing fits into memory, and group by group.
class FoldStateTest {

    private static final long PLENTY = 1L << 30;
    private static final long NOTHING = 1;
    private static final AvroSerde<SpecificRecord> SERDE = new AvroSerde<>(FoldDriver.IDS);

    @TempDir private Path folder;

    static Stream<Arguments> cases() {
        return TopologiesTest.projections()
                .flatMap(projection ->
                        Stream.of(
                                arguments(projection.name(), 11L, PLENTY, 1, projection),
                                arguments(projection.name(), 12L, NOTHING, 1, projection),
                                arguments(projection.name(), 13L, PLENTY, 1_000, projection)));
    }

    @ParameterizedTest(name = "{0}, seed {1}, memory {2}, groups {3}")
    @MethodSource("cases")
    void stateAndRowsAreThoseOfTheTopology(
            String name, long seed, long memory, int groups, Projection projection) {
        var log =
                History.of(projection, new Random(seed)).stream()
                        .filter(one -> projection.sources().contains(one.topic()))
                        .toList();
        Map<String, SpecificRecord> rows;
        Map<String, Map<Bytes, byte[]>> stores;
        try (var driver = new FoldDriver(projection, folder)) {
            log.forEach(one -> driver.send(one.topic(), one.key(), one.event()));
            assertThat(driver.deadLetters()).isEmpty();
            rows = driver.rows();
            stores = driver.commit().stores();
        }

        var bulk = new Left(new TreeMap<>(), new HashMap<>());
        var offsets = new HashMap<String, Long>();
        Map<Integer, List<Read>> read = new TreeMap<>();
        for (Sent one : log) {
            long offset = offsets.merge(one.topic(), 1L, Long::sum) - 1;
            read.computeIfAbsent(
                            Math.floorMod(projection.groupOf(one.key()), groups),
                            _ -> new ArrayList<>())
                    .add(new Read(one, offset));
        }
        read.values().forEach(group -> bulk.add(projection, bulk(projection, memory, group)));
        bulk.stores().putAll(sums(projection, bulk.rows()));

        assertThat(bulk.rows()).isNotEmpty().isEqualTo(rows);
        assertThat(bulk.stores().keySet()).isEqualTo(stores.keySet());
        stores.forEach((store, entries) ->
                assertThat(readable(bulk.stores().getOrDefault(store, Map.of())))
                        .as(store)
                        .isEqualTo(readable(withoutTime(entries))));
    }

    private record Read(Sent record, long offset) {}

    private record Left(Map<String, SpecificRecord> rows, Map<String, Map<Bytes, byte[]>> stores) {

        /// No two groups have an entry of the same key.
        void add(Projection projection, Left group) {
            group.rows()
                    .forEach((key, row) ->
                            rows.merge(
                                    key,
                                    row,
                                    (before, now) -> {
                                        assertThat(projection.sums()).containsKey(now.getClass());
                                        return sum(projection, before, now);
                                    }));
            group.stores()
                    .forEach((store, entries) -> {
                        var all = stores.computeIfAbsent(store, _ -> new HashMap<>());
                        assertThat(all).doesNotContainKeys(entries.keySet().toArray(Bytes[]::new));
                        all.putAll(entries);
                    });
        }
    }

    private Left bulk(Projection projection, long memory, List<Read> log) {
        Map<String, SpecificRecord> rows = new TreeMap<>();
        try (var stores = new BoundedStores(memory, folder, SERDE)) {
            var fold = projection.fold(stores);
            for (Read one : log) {
                for (SpecificRecord row :
                        fold.fold(
                                one.record().key(),
                                one.record().event(),
                                new SourcePosition(0, one.offset()))) {
                    rows.merge(RowKey.of(row), row, (before, now) -> sum(projection, before, now));
                }
                stores.bound();
            }
            assertThat(stores.isSpilled()).isEqualTo(memory == NOTHING && !stores.all().isEmpty());
            Map<String, Map<Bytes, byte[]>> left = new HashMap<>();
            stores.all().forEach(store -> left.put(store.name(), bytes(store)));
            return new Left(rows, left);
        }
    }

    private static Map<String, Map<Bytes, byte[]>> sums(
            Projection projection, Map<String, SpecificRecord> rows) {
        Map<String, Map<Bytes, byte[]>> left = new HashMap<>();
        projection.sums().forEach((kind, name) -> left.put(name + "-rows", sums(rows, kind)));
        return left;
    }

    @SuppressWarnings("unchecked")
    private static SpecificRecord sum(
            Projection projection, SpecificRecord before, SpecificRecord now) {
        return projection.sums().containsKey(now.getClass())
                ? new Sums<>((Class<SpecificRecord>) now.getClass()).apply(before, now)
                : now;
    }

    private static Map<Bytes, byte[]> sums(
            Map<String, SpecificRecord> rows, Class<? extends SpecificRecord> kind) {
        Map<Bytes, byte[]> bytes = new HashMap<>();
        rows.forEach((key, row) -> {
            if (kind.isInstance(row)) {
                bytes.put(Bytes.wrap(key.getBytes(UTF_8)), SERDE.serialize("", row));
            }
        });
        return bytes;
    }

    private static <T> Map<Bytes, byte[]> bytes(SpillingStore<T> store) {
        Map<Bytes, byte[]> bytes = new HashMap<>();
        store.<RuntimeException>forEach((key, value, timestamp) ->
                bytes.put(Bytes.wrap(key.getBytes(UTF_8)), store.bytes(value)));
        return bytes;
    }

    /// Stores of the DSL keep a time before the value, which their changelog has beside it. A value
    /// of ours begins with a zero, and an id that is small.
    private static Map<Bytes, byte[]> withoutTime(Map<Bytes, byte[]> entries) {
        Map<Bytes, byte[]> values = new HashMap<>();
        entries.forEach((key, value) ->
                values.put(
                        key, isTimed(value) ? Arrays.copyOfRange(value, 8, value.length) : value));
        return values;
    }

    private static boolean isTimed(byte[] value) {
        return value.length > 13
                && value[0] == 0
                && value[1] == 0
                && value[8] == 0
                && value[9] == 0
                && value[2] != 0;
    }

    private static Map<String, String> readable(Map<Bytes, byte[]> entries) {
        Map<String, String> texts = new TreeMap<>();
        entries.forEach((key, value) ->
                texts.put(new String(key.get(), UTF_8), java.util.HexFormat.of().formatHex(value)));
        return texts;
    }
}
