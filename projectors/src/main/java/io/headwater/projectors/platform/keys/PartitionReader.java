package io.headwater.projectors.platform.keys;

import io.headwater.projectors.platform.keys.KeyRefusal.Reason;
import io.headwater.schema.Brokers;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.jspecify.annotations.Nullable;

/// Reads ranges of partitions, committed records only, within the time that one request has.
final class PartitionReader implements AutoCloseable {

    private static final Duration POLL = Duration.ofMillis(100);

    /// A fetch at the end of a partition holds up the next one to the same broker for so long.
    private static final int FETCH_WAIT_MILLIS = 10;

    private static final int POLL_RECORDS = 5_000;

    private final Map<String, Object> config;
    private final Map<TopicPartition, KafkaConsumer<byte[], byte[]>> consumers = new HashMap<>();
    private final KafkaConsumer<byte[], byte[]> metadata;
    private final Map<TopicPartition, Long> firsts = new HashMap<>();
    private long deadlineNanos;
    private long records;

    PartitionReader(Brokers brokers, Duration limit) {
        config =
                brokers.settings(
                        Map.of(
                                ConsumerConfig.ISOLATION_LEVEL_CONFIG,
                                "read_committed",
                                ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG,
                                false,
                                ConsumerConfig.AUTO_OFFSET_RESET_CONFIG,
                                "earliest",
                                ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG,
                                false,
                                ConsumerConfig.MAX_POLL_RECORDS_CONFIG,
                                POLL_RECORDS,
                                ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG,
                                FETCH_WAIT_MILLIS));
        metadata = consumer();
        limit(limit);
    }

    /// From now on.
    final void limit(Duration limit) {
        deadlineNanos = System.nanoTime() + limit.toNanos();
    }

    int partitions(String topic) {
        @Nullable List<PartitionInfo> partitions = metadata.partitionsFor(topic);
        if (partitions == null || partitions.isEmpty()) {
            throw new KeyRefusal(Reason.NOT_READY, "there is no topic " + topic + " yet");
        }
        return partitions.size();
    }

    /// One of the partitions; what is read of it next, where it stopped, is on its way already.
    RecordLog log(TopicPartition partition) {
        return new RecordLog() {
            @Override
            public long first() {
                return firsts.computeIfAbsent(
                        partition, one -> offset(of(one).beginningOffsets(List.of(one)), one));
            }

            @Override
            public long end() {
                // of a consumer that reads committed records: their end
                return offset(of(partition).endOffsets(List.of(partition)), partition);
            }

            @Override
            public void read(long from, long to, Consumer<ConsumerRecord<byte[], byte[]>> each) {
                PartitionReader.this.read(partition, from, to, each);
            }
        };
    }

    private void read(
            TopicPartition partition,
            long from,
            long to,
            Consumer<ConsumerRecord<byte[], byte[]>> each) {
        if (from >= to) {
            return;
        }
        var consumer = of(partition);
        if (consumer.position(partition) != from) {
            consumer.seek(partition, from);
        }
        while (consumer.position(partition) < to) {
            if (System.nanoTime() - deadlineNanos > 0) {
                throw new KeyRefusal(
                        Reason.TOO_SLOW, "reading " + partition + " takes longer than is allowed");
            }
            for (var record : consumer.poll(POLL)) {
                records++;
                if (record.offset() < to) {
                    each.accept(record);
                }
            }
        }
    }

    /// Records read so far.
    long records() {
        return records;
    }

    @Override
    public void close() {
        metadata.close();
        consumers.values().forEach(KafkaConsumer::close);
    }

    private KafkaConsumer<byte[], byte[]> of(TopicPartition partition) {
        return consumers.computeIfAbsent(partition, this::assigned);
    }

    private KafkaConsumer<byte[], byte[]> assigned(TopicPartition partition) {
        var consumer = consumer();
        consumer.assign(List.of(partition));
        consumer.seek(partition, 0);
        return consumer;
    }

    private KafkaConsumer<byte[], byte[]> consumer() {
        return new KafkaConsumer<>(
                config, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    }

    private static long offset(Map<TopicPartition, Long> offsets, TopicPartition partition) {
        return offsets.getOrDefault(partition, 0L);
    }
}
