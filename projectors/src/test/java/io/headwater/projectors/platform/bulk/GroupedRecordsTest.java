package io.headwater.projectors.platform.bulk;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeSet;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GroupedRecordsTest {

    private static final int RECORDS = 5_000;

    @TempDir private Path folder;

    @ParameterizedTest
    @ValueSource(ints = {2, 7, 512})
    void everyRecordComesOnceInItsOrderAndBesideThoseOfItsNumber(int groups) throws Exception {
        var random = new Random(groups);
        List<String> written = new ArrayList<>();
        List<String> read = new ArrayList<>();
        Map<Integer, Integer> groupOfNumber = new HashMap<>();
        var used = new TreeSet<Integer>();
        Path own = folder.resolve("own");

        try (var records = new GroupedRecords(own, groups, Integer::parseInt)) {
            for (int offset = 0; offset < RECORDS; offset++) {
                // As slots are in one of four partitions.
                var record =
                        record(
                                offset < RECORDS / 2 ? "a" : "b",
                                offset,
                                String.valueOf(4 * random.nextInt(1_000) + 1));
                written.add(text(record));
                records.add(record);
            }
            for (int group = 0; group < groups; group++) {
                try (var reader = records.open(group)) {
                    long last = -1;
                    for (var one = reader.next(); one != null; one = reader.next()) {
                        assertThat(one.offset()).isGreaterThan(last);
                        last = one.offset();
                        int number = Integer.parseInt(new String(one.key(), UTF_8));
                        assertThat(groupOfNumber.merge(number, group, (a, b) -> a))
                                .isEqualTo(group);
                        used.add(group);
                        read.add(text(one));
                    }
                }
            }
        }

        assertThat(read).containsExactlyInAnyOrderElementsOf(written);
        assertThat(used).hasSizeGreaterThan(groups * 3 / 4);
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void aRecordComesBackAsItWas() throws Exception {
        var whole = record("a", 7, "12");
        whole.headers().add("traceparent", "00-1".getBytes(UTF_8)).add("none", null);
        var bare =
                new ConsumerRecord<byte[], byte[]>(
                        "a",
                        3,
                        8,
                        1_000,
                        TimestampType.CREATE_TIME,
                        -1,
                        -1,
                        null,
                        null,
                        new RecordHeaders(),
                        Optional.empty());
        List<String> read = new ArrayList<>();

        try (var records = new GroupedRecords(folder.resolve("own"), 2, Integer::parseInt)) {
            records.add(whole);
            records.add(bare);
            for (int group = 0; group < 2; group++) {
                try (var reader = records.open(group)) {
                    for (var one = reader.next(); one != null; one = reader.next()) {
                        read.add(text(one));
                    }
                }
            }
        }

        assertThat(read).containsExactlyInAnyOrder(text(whole), text(bare));
    }

    private static ConsumerRecord<byte[], byte[]> record(String topic, long offset, String key) {
        byte[] value = ("value of " + offset).getBytes(UTF_8);
        return new ConsumerRecord<>(
                topic,
                3,
                offset,
                1_700_000_000_000L + offset,
                TimestampType.CREATE_TIME,
                key.length(),
                value.length,
                key.getBytes(UTF_8),
                value,
                new RecordHeaders(),
                Optional.empty());
    }

    private static String text(ConsumerRecord<byte[], byte[]> record) {
        var headers = new StringBuilder();
        for (var header : record.headers()) {
            headers.append(header.key()).append('=').append(text(header.value())).append(' ');
        }
        return "%s %d %d %d %s %s %s"
                .formatted(
                        record.topic(),
                        record.partition(),
                        record.offset(),
                        record.timestamp(),
                        text(record.key()),
                        text(record.value()),
                        headers);
    }

    private static String text(byte @Nullable [] bytes) {
        return bytes == null ? "nothing" : new String(bytes, UTF_8);
    }
}
