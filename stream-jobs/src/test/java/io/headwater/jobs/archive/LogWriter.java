package io.headwater.jobs.archive;

import io.headwater.schema.SchemaIds;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.avro.SchemaBuilder;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.awaitility.Awaitility;

/// Writes to one partition, with and without transactions, and says what is on it.
final class LogWriter implements AutoCloseable {

    private final String bootstrap;
    private final TopicPartition partition;
    private final int schemaId;
    private final KafkaProducer<byte[], byte[]> plain;
    private final KafkaProducer<byte[], byte[]> transactional;
    private int written;

    LogWriter(String bootstrap, TopicPartition partition, SchemaIds schemas) throws IOException {
        this.bootstrap = bootstrap;
        this.partition = partition;
        this.schemaId =
                schemas.idOf("", SchemaBuilder.record("N").fields().requiredLong("n").endRecord());
        plain = producer(Map.of());
        transactional = producer(Map.of("transactional.id", "of-" + UUID.randomUUID()));
        transactional.initTransactions();
    }

    void plain(int records) {
        for (int i = 0; i < records; i++) {
            plain.send(next());
        }
        plain.flush();
    }

    /// With this timestamp.
    void at(Instant time, int records) {
        for (int i = 0; i < records; i++) {
            var next = next();
            plain.send(
                    new ProducerRecord<>(
                            next.topic(),
                            next.partition(),
                            time.toEpochMilli(),
                            next.key(),
                            next.value()));
        }
        plain.flush();
    }

    void commit(int records) {
        transactional.beginTransaction();
        for (int i = 0; i < records; i++) {
            transactional.send(next());
        }
        transactional.commitTransaction();
    }

    void abort(int records) {
        transactional.beginTransaction();
        for (int i = 0; i < records; i++) {
            transactional.send(next());
        }
        transactional.flush();
        transactional.abortTransaction();
    }

    /// As if the cluster were another one.
    void beginAnew() throws Exception {
        try (var admin = Admin.create(Map.of("bootstrap.servers", bootstrap))) {
            String topic = partition.topic();
            admin.deleteTopics(List.of(topic)).all().get();
            Awaitility.await()
                    .ignoreExceptions()
                    .untilAsserted(() ->
                            admin.createTopics(List.of(new NewTopic(topic, 1, (short) 1)))
                                    .all()
                                    .get());
        }
    }

    /// The end for readers of committed records.
    long end() {
        try (var consumer = consumer()) {
            return consumer.endOffsets(List.of(partition)).getOrDefault(partition, 0L);
        }
    }

    List<ConsumerRecord<byte[], byte[]>> committed() {
        try (var consumer = consumer()) {
            consumer.assign(List.of(partition));
            consumer.seekToBeginning(List.of(partition));
            long end = consumer.endOffsets(List.of(partition)).getOrDefault(partition, 0L);
            var records = new ArrayList<ConsumerRecord<byte[], byte[]>>();
            while (consumer.position(partition) < end) {
                consumer.poll(Duration.ofMillis(100)).forEach(records::add);
            }
            return records;
        }
    }

    @Override
    public void close() {
        plain.close();
        transactional.close();
    }

    private ProducerRecord<byte[], byte[]> next() {
        byte[] value =
                ByteBuffer.allocate(13).put((byte) 0).putInt(schemaId).putLong(written).array();
        byte[] key = ("k" + written % 5).getBytes(StandardCharsets.UTF_8);
        var record = new ProducerRecord<>(partition.topic(), partition.partition(), key, value);
        record.headers().add("n", String.valueOf(written).getBytes(StandardCharsets.UTF_8));
        written++;
        return record;
    }

    private KafkaConsumer<byte[], byte[]> consumer() {
        return new KafkaConsumer<>(
                Map.of("bootstrap.servers", bootstrap, "isolation.level", "read_committed"),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer());
    }

    private KafkaProducer<byte[], byte[]> producer(Map<String, Object> more) {
        var settings = new HashMap<>(more);
        settings.put("bootstrap.servers", bootstrap);
        return new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer());
    }
}
