package io.headwater.projectors.platform.bulk;

import static org.assertj.core.api.Assertions.assertThat;

import io.headwater.projectors.FoldDriver;
import io.headwater.projectors.TopologiesTest;
import io.headwater.projectors.platform.Projection;
import io.headwater.projectors.platform.RowKey;
import io.headwater.schema.AvroSerde;
import io.headwater.views.PageViewsRow;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.apache.avro.specific.SpecificRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AddedSumsTest {

    private static final AvroSerde<SpecificRecord> SERDE = new AvroSerde<>(FoldDriver.IDS);
    private static final Instant BUCKET = Instant.parse("2026-01-01T00:00:00Z");

    @TempDir private Path folder;

    /// Bytes: a file for each row, so that files become one several times; several; none.
    @ParameterizedTest
    @ValueSource(longs = {1, 20_000, 1 << 30})
    void addsUpWhereverItKeepsTheRows(long memory) {
        var random = new Random(memory);
        Map<String, SpecificRecord> expected = new TreeMap<>();
        Map<String, Long> times = new HashMap<>();
        var sums = sums();
        try (var added = new AddedSums(sums, SERDE, memory, folder.resolve("sums"))) {
            for (int i = 0; i < 1_000; i++) {
                var row = row("/page/" + random.nextInt(200), i);
                String key = RowKey.of(row);
                long time = random.nextInt(10_000);
                added.add(key, row, time);
                expected.merge(key, row, sums::sum);
                times.merge(key, time, Math::max);
            }
            assertThat(added.isSpilled()).isEqualTo(memory < 1 << 30);

            // as often as asked for, in the order of the keys
            for (int time = 0; time < 2; time++) {
                List<String> keys = new ArrayList<>();
                Map<String, SpecificRecord> rows = new HashMap<>();
                added.<RuntimeException>rows((key, row, timestamp) -> {
                    keys.add(key);
                    rows.put(key, row);
                    assertThat(timestamp).isEqualTo(times.get(key));
                });
                assertThat(keys).containsExactlyElementsOf(expected.keySet());
                assertThat(rows).isEqualTo(expected);
            }
            added.<RuntimeException>forEach(sum ->
                    assertThat(SERDE.deserialize("", sum.bytes(SERDE)))
                            .isEqualTo(expected.get(sum.key())));
        }
        assertThat(folder.resolve("sums"))
                .satisfies(left -> assertThat(Files.exists(left)).isFalse());
    }

    @Test
    void knowsTheStoreOfARow() {
        assertThat(sums().storeOf(RowKey.of(row("/", 1)))).isEqualTo("page-views-rows");
    }

    private static RowSums sums() {
        return new RowSums(
                TopologiesTest.projections()
                        .filter(projection -> projection.name().equals("traffic"))
                        .findFirst()
                        .map(Projection.class::cast)
                        .orElseThrow());
    }

    private static PageViewsRow row(String page, int number) {
        return new PageViewsRow("main", BUCKET, page, number + 1L, number % 2L, 0, (long) number);
    }
}
