package io.headwater.projectors.platform.sink;

import static org.assertj.core.api.Assertions.assertThat;

import io.headwater.projectors.ViewChanges;
import io.headwater.projectors.platform.Generation;
import io.headwater.projectors.platform.RowKey;
import io.headwater.schema.Topics;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.apache.avro.Schema;
import org.apache.avro.specific.SpecificData;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// The same view records give the same tables, byte by byte, whatever the batches are, over lost
/// commits, lost answers, restarts and a former owner that wakes up.
class SinkBatchesIT extends SinkTables {

    private static final List<Integer> SIZES = List.of(1, 7, 5_000);

    /// Of the long log: record by record it takes a transaction each, which only the profile `full`
    /// has time for.
    private static final List<Integer> LONG_SIZES =
            Boolean.getBoolean("headwater.full") ? SIZES : List.of(7, 5_000);

    private static final long SEED = 11;

    @TempDir private Path folder;

    static Set<String> projections() {
        return Topics.projections();
    }

    @ParameterizedTest
    @MethodSource("projections")
    void batchesDoNotShow(String projection) throws Exception {
        var changes = ViewChanges.of(projection, SEED, folder);
        List<Map<String, String>> tables = new ArrayList<>();
        for (int size : SIZES) {
            var generation = generation(projection);
            var records = records(generation, changes);

            int refused = SinkRun.of(generation, records, size, Sabotage.NONE);

            assertThat(refused).isEqualTo(1);
            assertThat(accounts(generation))
                    .containsEntry("next_offset", (long) records.size())
                    .containsEntry("read", (long) records.size())
                    .containsEntry("applied", (long) records.size())
                    .containsEntry("parked", 0L)
                    .containsEntry("skipped", 0L)
                    .containsEntry("fenced", 1L);
            tables.add(contents(generation));
        }

        assertThat(tables.getFirst())
                .allSatisfy((table, content) -> {
                    assertThat(content).as(table).doesNotStartWith("0 ");
                });
        assertThat(tables).as("seed %d", SEED).allMatch(tables.getFirst()::equals);
    }

    /// Enough for several of the largest batches, and held against a model besides.
    @Test
    void additiveRowsAreExactInBatchesOfEverySize() throws Exception {
        List<Map<String, String>> tables = new ArrayList<>();
        for (int size : LONG_SIZES) {
            var generation = generation("traffic");
            var log = new TrafficLog(generation, SEED, 11_000);
            var oracle = new TrafficOracle(jdbc, generation);

            SinkRun.of(generation, log.records(), size, Sabotage.NONE);

            assertThat(oracle.faults(log)).as("batches of %d, seed %d", size, SEED).isEmpty();
            tables.add(contents(generation));
        }
        assertThat(tables).allMatch(tables.getFirst()::equals);
    }

    private static List<ConsumerRecord<byte[], byte[]>> records(
            Generation generation, List<ViewChanges.Change> changes) {
        List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();
        for (var change : changes) {
            records.add(
                    new ConsumerRecord<>(
                            generation.viewTopic(),
                            0,
                            records.size(),
                            change.key().getBytes(StandardCharsets.UTF_8),
                            SERDE.serialize("", change.row())));
        }
        return records;
    }

    private static Map<String, @Nullable Object> accounts(Generation generation) {
        return jdbc.sql(
                        "select * from ops.projection_position where projection = ? and generation = ?")
                .params(generation.projection(), generation.number())
                .query()
                .singleRow();
    }

    /// Count and checksum of every table.
    private static Map<String, String> contents(Generation generation) {
        Map<String, String> contents = new TreeMap<>();
        for (var type : Topics.view(generation.projection(), 1).records()) {
            Schema row = SpecificData.get().getSchema(type);
            String table = RowKey.table(row);
            contents.put(
                    table,
                    jdbc.sql(
                                    "select count(*) || ' ' || coalesce(md5(string_agg(t::text, E'\\n' order by %s)), '') from %s.%s t"
                                            .formatted(
                                                    String.join(", ", RowKey.columns(row)),
                                                    generation.schema(),
                                                    table))
                            .query(String.class)
                            .single());
        }
        return contents;
    }
}
