package io.headwater.archive.log;

import io.headwater.schema.Brokers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/// The topics themselves: what is committed.
public final class KafkaLog implements SourceLog {

    private static final Duration POLL = Duration.ofMillis(200);
    private static final Duration LIMIT = Duration.ofSeconds(30);
    private static final int POLL_RECORDS = 2_000;
    private static final int FETCH_BYTES = 8 << 20;

    private final Admin admin;
    private final Brokers brokers;
    private final String clientId;

    /// @param admin of the same brokers; stays the caller's
    public KafkaLog(Admin admin, Brokers brokers, String clientId) {
        this.admin = admin;
        this.brokers = brokers;
        this.clientId = clientId;
    }

    @Override
    public Map<TopicPartition, Range> ranges(Collection<String> topics)
            throws ExecutionException, InterruptedException {
        List<TopicPartition> partitions = new ArrayList<>();
        admin.describeTopics(topics)
                .allTopicNames()
                .get()
                .forEach((name, topic) ->
                        topic.partitions()
                                .forEach(one ->
                                        partitions.add(new TopicPartition(name, one.partition()))));
        var firsts = offsets(partitions, OffsetSpec.earliest());
        var ends = offsets(partitions, OffsetSpec.latest());
        return partitions.stream()
                .collect(
                        Collectors.toMap(
                                Function.identity(),
                                one ->
                                        new Range(
                                                firsts.getOrDefault(one, 0L),
                                                ends.getOrDefault(one, 0L))));
    }

    @Override
    public Cursor open(TopicPartition partition, Range range) {
        Map<String, Object> config = new HashMap<>();
        config.putAll(brokers.settings());
        config.put(ConsumerConfig.CLIENT_ID_CONFIG, clientId);
        config.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        config.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        // What retention takes away while it is read must not be skipped unseen.
        config.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "none");
        config.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, POLL_RECORDS);
        config.put(ConsumerConfig.MAX_PARTITION_FETCH_BYTES_CONFIG, FETCH_BYTES);
        var consumer =
                new KafkaConsumer<>(
                        config, new ByteArrayDeserializer(), new ByteArrayDeserializer());
        consumer.assign(Set.of(partition));
        consumer.seek(partition, range.first());
        return new Reader(consumer, partition, range);
    }

    private Map<TopicPartition, Long> offsets(Collection<TopicPartition> of, OffsetSpec which)
            throws ExecutionException, InterruptedException {
        return admin
                .listOffsets(
                        of.stream().collect(Collectors.toMap(Function.identity(), _ -> which)),
                        new ListOffsetsOptions(IsolationLevel.READ_COMMITTED))
                .all()
                .get()
                .entrySet()
                .stream()
                .collect(Collectors.toMap(Map.Entry::getKey, entry -> entry.getValue().offset()));
    }

    private static final class Reader implements Cursor {

        private final Consumer<byte[], byte[]> consumer;
        private final TopicPartition partition;
        private final long end;
        private long position;
        private long movedAt = System.nanoTime();

        Reader(Consumer<byte[], byte[]> consumer, TopicPartition partition, Range range) {
            this.consumer = consumer;
            this.partition = partition;
            end = range.end();
            position = range.first();
        }

        @Override
        public List<ConsumerRecord<byte[], byte[]>> poll() {
            if (isAtEnd()) {
                return List.of();
            }
            var polled = consumer.poll(POLL).records(partition);
            long before = position;
            position = consumer.position(partition);
            if (position > before) {
                movedAt = System.nanoTime();
            } else if (System.nanoTime() - movedAt > LIMIT.toNanos()) {
                throw new TimeoutException(
                        partition + " could not be read on from offset " + position);
            }
            return polled.isEmpty() || polled.getLast().offset() < end
                    ? polled
                    : polled.stream().filter(record -> record.offset() < end).toList();
        }

        @Override
        public long position() {
            return Math.min(position, end);
        }

        @Override
        public boolean isAtEnd() {
            return position >= end;
        }

        @Override
        public void close() {
            // It has asked for more than there is, and would wait half a second for the answer.
            consumer.close(CloseOptions.timeout(Duration.ZERO));
        }
    }
}
