package io.headwater.projectors.platform.bulk;

import static org.assertj.core.api.Assertions.assertThat;

import io.headwater.projectors.platform.fold.FoldStore;
import io.headwater.schema.AvroSerde;
import io.headwater.schema.SchemaIds;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;
import org.apache.avro.specific.SpecificRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SpillingStoreTest {

    private static final AvroSerde<SpecificRecord> SERDE = new AvroSerde<>(SchemaIds.inMemory());

    @TempDir private Path folder;

    /// Bytes: nothing fits, some do, all do.
    @ParameterizedTest
    @ValueSource(longs = {1, 3_000, 1 << 30})
    void isAMapWhereverItKeepsItsValues(long memory) {
        var random = new Random(memory);
        FoldStore<String> map = FoldStore.inMemory();
        try (var stores = new BoundedStores(memory, folder, SERDE)) {
            var store = stores.texts("a");
            var other = stores.texts("b");
            other.put("k1", "of the other");
            for (int i = 0; i < 4_000; i++) {
                String key = "k" + random.nextInt(60);
                switch (random.nextInt(4)) {
                    case 0 -> {
                        store.delete(key);
                        map.delete(key);
                    }
                    case 1 -> assertThat(store.get(key)).isEqualTo(map.get(key));
                    case 2 -> {
                        String prefix = "k" + random.nextInt(6);
                        assertThat(store.startingWith(prefix)).isEqualTo(map.startingWith(prefix));
                    }
                    default -> {
                        store.put(key, "v" + i);
                        map.put(key, "v" + i);
                    }
                }
                stores.bound();
            }
            for (String prefix : List.of("", "k", "k1", "k59", "x")) {
                assertThat(store.startingWith(prefix)).isEqualTo(map.startingWith(prefix));
            }
            assertThat(other.startingWith("")).containsOnlyKeys("k1");
            assertThat(stores.isSpilled()).isEqualTo(memory < 1 << 30);
        }
        assertThat(folder).isEmptyDirectory();
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 1 << 30})
    void tellsItsValuesByKeyAndByNumberWithTheTimeOfTheNewestChange(long memory) {
        try (var stores = new BoundedStores(memory, folder, SERDE)) {
            var store = (SpillingStore<String>) stores.texts("numbers");
            var numbers = new TreeMap<String, Long>();
            var random = new Random(5);
            for (int i = 0; i < 500; i++) {
                stores.at(1_000 + i);
                long number = random.nextInt(1_000_000);
                store.put("key-" + i % 200, String.valueOf(number));
                numbers.put("key-" + i % 200, number);
                stores.bound();
            }
            stores.at(10);
            store.put("key-0", "7");
            numbers.put("key-0", 7L);

            List<String> byNumber = new ArrayList<>();
            List<String> byKey = new ArrayList<>();
            var times = new TreeMap<String, Long>();
            store.<RuntimeException>forEachBy(
                    Long::parseLong, (key, value, timestamp) -> byNumber.add(key));
            store.<RuntimeException>forEach((key, value, timestamp) -> {
                byKey.add(key);
                times.put(key, timestamp);
            });

            assertThat(byKey).containsExactlyElementsOf(numbers.keySet());
            assertThat(byNumber)
                    .containsExactlyElementsOf(
                            numbers.keySet().stream()
                                    .sorted(Comparator.comparing(numbers::get))
                                    .toList());
            assertThat(times).containsEntry("key-0", 1_400L).containsEntry("key-199", 1_399L);
        }
    }

    @Test
    void whatADeadProcessLeftIsSwept() throws Exception {
        Files.createDirectories(folder.resolve("12-0").resolve("inside"));
        Files.writeString(folder.resolve("12-0").resolve("CURRENT"), "x");

        BoundedStores.sweep(folder);

        assertThat(folder).isEmptyDirectory();
    }
}
