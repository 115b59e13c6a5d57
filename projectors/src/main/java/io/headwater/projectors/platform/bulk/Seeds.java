package io.headwater.projectors.platform.bulk;

import io.headwater.projectors.platform.Generation;
import io.headwater.projectors.platform.ProjectorSettings;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerGroupMetadata;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.utils.Utils;

/// What a backfill leaves in Kafka: rows, state, and where the fold goes on. In transactions of one
/// id per generation, so that whoever was thought dead and wakes up writes nothing any more.
final class Seeds implements AutoCloseable {

    private static final int TRANSACTION_BYTES = 16 << 20;
    private static final int TRANSACTION_LIMIT_MILLIS = 60_000;
    private static final int BATCH_BYTES = 512 << 10;
    private static final int MAX_REQUEST_BYTES = 5 << 20;

    private final Producer<byte[], byte[]> producer;
    private final Map<TopicPartition, Long> sent = new HashMap<>();
    private long bytes;
    private boolean open;

    Seeds(ProjectorSettings settings, Generation generation) {
        Map<String, Object> config = settings.kafka().brokers().settings();
        config.put(ProducerConfig.CLIENT_ID_CONFIG, "backfill-" + settings.instance());
        config.put(
                ProducerConfig.TRANSACTIONAL_ID_CONFIG, generation.applicationId() + "-backfill");
        config.put(ProducerConfig.TRANSACTION_TIMEOUT_CONFIG, TRANSACTION_LIMIT_MILLIS);
        config.put(ProducerConfig.BATCH_SIZE_CONFIG, BATCH_BYTES);
        config.put(ProducerConfig.LINGER_MS_CONFIG, 50);
        config.put(ProducerConfig.COMPRESSION_TYPE_CONFIG, "lz4");
        config.put(ProducerConfig.MAX_REQUEST_SIZE_CONFIG, MAX_REQUEST_BYTES);
        producer =
                new KafkaProducer<>(config, new ByteArraySerializer(), new ByteArraySerializer());
        producer.initTransactions();
    }

    /// As the producer of Kafka Streams chooses it.
    static int partitionOf(byte[] key, int partitions) {
        return Utils.toPositive(Utils.murmur2(key)) % partitions;
    }

    /// @throws KafkaException when an earlier one was refused, or somebody else took over
    void send(ProducerRecord<byte[], byte[]> record) {
        if (!open) {
            producer.beginTransaction();
            open = true;
        }
        producer.send(record);
        sent.merge(new TopicPartition(record.topic(), record.partition()), 1L, Long::sum);
        bytes += record.key() == null ? 0 : record.key().length;
        bytes += record.value() == null ? 0 : record.value().length;
        if (bytes > TRANSACTION_BYTES) {
            commit();
        }
    }

    void commit() {
        if (open) {
            producer.commitTransaction();
            open = false;
            bytes = 0;
        }
    }

    /// The fold goes on at these offsets.
    void handOver(Generation generation, Map<TopicPartition, Long> offsets) {
        commit();
        Map<TopicPartition, OffsetAndMetadata> next = new HashMap<>();
        offsets.forEach((partition, offset) -> next.put(partition, new OffsetAndMetadata(offset)));
        producer.beginTransaction();
        producer.sendOffsetsToTransaction(
                next, new ConsumerGroupMetadata(generation.applicationId()));
        producer.commitTransaction();
    }

    /// Records sent so far.
    long sent(TopicPartition partition) {
        return sent.getOrDefault(partition, 0L);
    }

    /// An open transaction ends with the next owner, or with its time.
    @Override
    public void close() {
        if (open) {
            try {
                producer.abortTransaction();
            } catch (KafkaException gone) {
                // Then the broker ends it.
            }
        }
        producer.close(java.time.Duration.ofSeconds(5));
    }
}
