package io.headwater.projectors;

import static org.assertj.core.api.Assertions.assertThat;

import io.headwater.projectors.analytics.TrafficProjection;
import java.io.IOException;
import java.io.StringWriter;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;

class ChangedRowsTest {

    private static final int BATCH = 7;

    private final List<History.Sent> log = History.visits(new Random(4));

    @Test
    void rowThatIsAddedToIsToldWithEachBatchThatAddsToIt() throws IOException {
        var single = told(1);
        var batches = told(BATCH);

        TreeMap<Long, Set<String>> together = new TreeMap<>();
        single.forEach((number, keys) ->
                together.computeIfAbsent(number / BATCH, _ -> new HashSet<>()).addAll(keys));
        assertThat(batches).isEqualTo(together);
        assertThat(
                        batches.values().stream()
                                .flatMap(Set::stream)
                                .collect(Collectors.groupingBy(key -> key, Collectors.counting()))
                                .values())
                .as("batches that a row is in")
                .anyMatch(times -> times > 1);
    }

    private TreeMap<Long, Set<String>> told(int batchRecords) throws IOException {
        var out = new StringWriter();
        var rows = new ChangedRows(new TrafficProjection(), batchRecords, out);
        long offset = 0;
        for (var sent : log) {
            rows.add(new ConsumerRecord<>(sent.topic(), 0, offset++, sent.key(), sent.event()));
        }
        rows.end();
        return out.toString()
                .lines()
                .map(line -> line.split("\t", 2))
                .collect(
                        Collectors.groupingBy(
                                words -> Long.parseLong(words[0]),
                                TreeMap::new,
                                Collectors.mapping(words -> words[1], Collectors.toSet())));
    }
}
