package io.headwater.bench;

import io.headwater.schema.AvroSerde;
import io.headwater.schema.SchemaIds;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringSerializer;
import org.jspecify.annotations.Nullable;

/// Records straight onto event topics, in large batches: what would take the edge an hour.
final class TopicFiller implements AutoCloseable {

    private final KafkaProducer<String, SpecificRecord> producer;
    private final AtomicReference<@Nullable Exception> failure = new AtomicReference<>();
    private long written;

    TopicFiller(String bootstrap, SchemaIds ids) {
        producer =
                new KafkaProducer<>(
                        Map.<String, Object>of(
                                ProducerConfig.BOOTSTRAP_SERVERS_CONFIG,
                                bootstrap,
                                ProducerConfig.COMPRESSION_TYPE_CONFIG,
                                "lz4",
                                ProducerConfig.BATCH_SIZE_CONFIG,
                                256 * 1024,
                                ProducerConfig.LINGER_MS_CONFIG,
                                20),
                        new StringSerializer(),
                        new AvroSerde<SpecificRecord>(ids));
    }

    /// @param partition null: as the key says
    void send(String topic, @Nullable Integer partition, String key, SpecificRecord value) {
        producer.send(
                new ProducerRecord<>(topic, partition, key, value),
                (sent, failed) -> {
                    if (failed != null) {
                        failure.set(failed);
                    }
                });
        written++;
    }

    /// Waits until the broker has all of them.
    ///
    /// @return how many
    long finish() {
        producer.flush();
        Exception failed = failure.get();
        if (failed != null) {
            throw new IllegalStateException("the topics could not be filled", failed);
        }
        return written;
    }

    @Override
    public void close() {
        producer.close();
    }
}
