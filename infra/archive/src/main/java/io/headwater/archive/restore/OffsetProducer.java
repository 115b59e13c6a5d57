package io.headwater.archive.restore;

import io.headwater.schema.Brokers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/// Appends to one partition, with and without transactions, and looks at every offset.
///
/// The coordinator answers a commit before its marker is on the partition. The next transaction
/// waits for it by itself; what is written without one is not, so the end of the partition is
/// looked at first.
final class OffsetProducer implements Appender, AutoCloseable {

    private static final Duration MARKER_WITHIN = Duration.ofMinutes(1);
    private static final int TRANSACTION_LIMIT_MS = 5 * 60_000;
    private static final int LARGEST_REQUEST = 8 << 20;

    private final TopicPartition partition;
    private final Admin admin;
    private final KafkaProducer<byte[], byte[]> plain;
    private final KafkaProducer<byte[], byte[]> transactional;
    private boolean markerUnderWay;

    OffsetProducer(Brokers brokers, Admin admin, TopicPartition partition) {
        this.partition = partition;
        this.admin = admin;
        this.plain = producer(brokers, Map.of());
        this.transactional = transactional(brokers, partition);
    }

    /// Ends what an earlier run left open on the partition. To be called before its topic is
    /// deleted: the marker would come to the new one.
    static void fence(Brokers brokers, TopicPartition partition) {
        try (var earlier = transactional(brokers, partition)) {
            earlier.flush();
        }
    }

    @Override
    public void plain(List<ConsumerRecord<byte[], byte[]>> records) {
        if (markerUnderWay) {
            awaitEnd(records.getFirst().offset());
        }
        var sent = send(plain, records);
        plain.flush();
        check(sent, records.getFirst().offset());
    }

    @Override
    public void empty(long offset, long timestamp) {
        var sent = plain.send(empty(timestamp));
        plain.flush();
        check(List.of(sent), offset);
    }

    @Override
    public void commit(List<ConsumerRecord<byte[], byte[]>> records) {
        transactional.beginTransaction();
        var sent = send(transactional, records);
        transactional.commitTransaction();
        markerUnderWay = true;
        check(sent, records.getFirst().offset());
    }

    @Override
    public void abort(long first, int count, long timestamp) {
        transactional.beginTransaction();
        Future<RecordMetadata> begin = transactional.send(empty(timestamp));
        Future<RecordMetadata> last = begin;
        for (int i = 1; i < count; i++) {
            last = transactional.send(empty(timestamp));
        }
        transactional.flush();
        check(List.of(begin), first);
        check(List.of(last), first + count - 1);
        transactional.abortTransaction();
        markerUnderWay = true;
    }

    @Override
    public void awaitEnd(long end) {
        long giveUp = System.nanoTime() + MARKER_WITHIN.toNanos();
        long found = end();
        while (found < end && System.nanoTime() < giveUp) {
            Thread.onSpinWait();
            found = end();
        }
        if (found != end) {
            throw new RestoreException(
                    "%s ends at offset %d where %d must be: does something else write to it? Stop it and run restore again"
                            .formatted(partition, found, end));
        }
        markerUnderWay = false;
    }

    @Override
    public void close() {
        plain.close();
        transactional.close();
    }

    private long end() {
        try {
            return admin.listOffsets(Map.of(partition, OffsetSpec.latest()))
                    .partitionResult(partition)
                    .get()
                    .offset();
        } catch (ExecutionException refused) {
            throw new RestoreException("the end of " + partition + " is not known", refused);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new RestoreException("interrupted", interrupted);
        }
    }

    private List<Future<RecordMetadata>> send(
            KafkaProducer<byte[], byte[]> producer, List<ConsumerRecord<byte[], byte[]>> records) {
        var sent = new ArrayList<Future<RecordMetadata>>(records.size());
        for (var record : records) {
            sent.add(
                    producer.send(
                            new ProducerRecord<>(
                                    partition.topic(),
                                    partition.partition(),
                                    record.timestamp(),
                                    record.key(),
                                    record.value(),
                                    record.headers())));
        }
        return sent;
    }

    @SuppressWarnings("NullAway") // no key and no value
    private ProducerRecord<byte[], byte[]> empty(long timestamp) {
        return new ProducerRecord<>(
                partition.topic(), partition.partition(), timestamp, (byte[]) null, (byte[]) null);
    }

    private void check(List<Future<RecordMetadata>> sent, long first) {
        long expected = first;
        for (var one : sent) {
            long offset = offset(one);
            if (offset != expected) {
                throw new RestoreException(
                        "a record of %s was written at offset %d and belongs at %d: does something else write to it? Stop it and run restore again"
                                .formatted(partition, offset, expected));
            }
            expected++;
        }
    }

    private long offset(Future<RecordMetadata> sent) {
        try {
            return sent.get().offset();
        } catch (ExecutionException refused) {
            throw new RestoreException(
                    "%s does not take a record: %s".formatted(partition, refused.getCause()),
                    refused);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new RestoreException("interrupted", interrupted);
        }
    }

    private static KafkaProducer<byte[], byte[]> transactional(
            Brokers brokers, TopicPartition partition) {
        var producer =
                producer(
                        brokers,
                        Map.of(
                                ProducerConfig.TRANSACTIONAL_ID_CONFIG,
                                "headwater-restore-" + partition,
                                ProducerConfig.TRANSACTION_TIMEOUT_CONFIG,
                                TRANSACTION_LIMIT_MS));
        try {
            producer.initTransactions();
        } catch (KafkaException refused) {
            producer.close(Duration.ZERO);
            throw new RestoreException(
                    "no transactions on " + partition + ": " + refused.getMessage(), refused);
        }
        return producer;
    }

    private static KafkaProducer<byte[], byte[]> producer(
            Brokers brokers, Map<String, Object> more) {
        var settings = new HashMap<String, Object>(more);
        settings.putAll(brokers.settings());
        settings.put(ProducerConfig.ACKS_CONFIG, "all");
        settings.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
        settings.put(ProducerConfig.COMPRESSION_TYPE_CONFIG, "lz4");
        settings.put(ProducerConfig.LINGER_MS_CONFIG, 0);
        settings.put(ProducerConfig.BATCH_SIZE_CONFIG, 256 << 10);
        settings.put(ProducerConfig.MAX_REQUEST_SIZE_CONFIG, LARGEST_REQUEST);
        return new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer());
    }
}
