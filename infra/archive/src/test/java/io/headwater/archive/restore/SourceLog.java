package io.headwater.archive.restore;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/// A log with all that leaves gaps in offsets, and what is in a log.
final class SourceLog implements AutoCloseable {

    static final int ONE_SCHEMA = 2;
    static final int OTHER_SCHEMA = 5;

    private final String bootstrap;
    private final KafkaProducer<byte[], byte[]> plain;
    private final KafkaProducer<byte[], byte[]> transactional;
    private int written;

    SourceLog(String bootstrap) {
        this.bootstrap = bootstrap;
        plain = producer(Map.of());
        transactional = producer(Map.of("transactional.id", "of-" + UUID.randomUUID()));
        transactional.initTransactions();
    }

    void plain(TopicPartition partition, int records) {
        for (int i = 0; i < records; i++) {
            plain.send(next(partition));
        }
        plain.flush();
    }

    void commit(TopicPartition partition, int records) {
        transaction(partition, records);
        transactional.commitTransaction();
        awaitMarker(partition);
    }

    void abort(TopicPartition partition, int records) {
        transaction(partition, records);
        transactional.abortTransaction();
        awaitMarker(partition);
    }

    /// The coordinator answers before; what is written meanwhile would stand before the marker.
    private void awaitMarker(TopicPartition partition) {
        try (var everything = consumer(bootstrap, "read_uncommitted");
                var committed = consumer(bootstrap, "read_committed")) {
            while (end(everything, partition) != end(committed, partition)) {
                Thread.onSpinWait();
            }
        }
    }

    /// All that a record is, as text.
    static List<String> described(String bootstrap, TopicPartition partition) {
        return committed(bootstrap, partition).stream().map(SourceLog::describe).toList();
    }

    static String describe(ConsumerRecord<byte[], byte[]> record) {
        var hex = HexFormat.of();
        var headers = new StringBuilder();
        for (var header : record.headers()) {
            String value = header.value() == null ? "null" : hex.formatHex(header.value());
            headers.append(' ').append(header.key()).append('=').append(value);
        }
        return "%d %s %d %s %s%s"
                .formatted(
                        record.offset(),
                        record.timestampType(),
                        record.timestamp(),
                        hex.formatHex(record.key()),
                        hex.formatHex(record.value()),
                        headers);
    }

    static List<ConsumerRecord<byte[], byte[]>> committed(
            String bootstrap, TopicPartition partition) {
        try (var consumer = consumer(bootstrap, "read_committed")) {
            consumer.assign(List.of(partition));
            consumer.seekToBeginning(List.of(partition));
            long end = end(consumer, partition);
            var records = new ArrayList<ConsumerRecord<byte[], byte[]>>();
            while (consumer.position(partition) < end) {
                consumer.poll(Duration.ofMillis(100)).forEach(records::add);
            }
            return records;
        }
    }

    /// Beginning and end, for readers of committed records.
    static List<Long> bounds(String bootstrap, TopicPartition partition) {
        try (var consumer = consumer(bootstrap, "read_committed")) {
            return List.of(
                    consumer.beginningOffsets(List.of(partition)).getOrDefault(partition, -1L),
                    end(consumer, partition));
        }
    }

    @Override
    public void close() {
        plain.close();
        transactional.close();
    }

    private void transaction(TopicPartition partition, int records) {
        transactional.beginTransaction();
        for (int i = 0; i < records; i++) {
            transactional.send(next(partition));
        }
        transactional.flush();
    }

    private ProducerRecord<byte[], byte[]> next(TopicPartition partition) {
        int schema = written % 3 == 0 ? ONE_SCHEMA : OTHER_SCHEMA;
        byte[] value =
                ByteBuffer.allocate(13).put((byte) 0).putInt(schema).putLong(written).array();
        byte[] key = ("k" + written % 5).getBytes(StandardCharsets.UTF_8);
        var record =
                new ProducerRecord<>(
                        partition.topic(),
                        partition.partition(),
                        1_700_000_000_000L + 1_000L * written,
                        key,
                        value);
        record.headers().add("n", String.valueOf(written).getBytes(StandardCharsets.UTF_8));
        record.headers().add("none", null);
        written++;
        return record;
    }

    private static long end(KafkaConsumer<byte[], byte[]> consumer, TopicPartition partition) {
        return consumer.endOffsets(List.of(partition)).getOrDefault(partition, -1L);
    }

    private static KafkaConsumer<byte[], byte[]> consumer(String bootstrap, String isolation) {
        return new KafkaConsumer<>(
                Map.of("bootstrap.servers", bootstrap, "isolation.level", isolation),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer());
    }

    private KafkaProducer<byte[], byte[]> producer(Map<String, Object> more) {
        var settings = new HashMap<>(more);
        settings.put("bootstrap.servers", bootstrap);
        return new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer());
    }
}
