package io.headwater.launcher.sweep;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListTopicsOptions;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/// Every record of every topic, changelogs and internal topics included: key, value and headers, as
/// far as the partitions went when the search began.
///
/// A consumer unpacks batches. Strings stand in an Avro record as they are.
final class Topics implements Place {

    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final String NAME = "topics";

    /// Of one fetch, so that memory does not depend on the topic.
    private static final int FETCH_BYTES = 8 << 20;

    private final Admin admin;
    private final String servers;

    Topics(String servers) {
        this.servers = servers;
        this.admin = Admin.create(Map.of("bootstrap.servers", servers));
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public void plant(Probes probes) throws Exception {
        remove();
        String topic = probes.name();
        admin.createTopics(List.of(new NewTopic(topic, 1, (short) 1)))
                .all()
                .get(LIMIT.toSeconds(), TimeUnit.SECONDS);
        var value = probes.make(NAME, "a value in a compressed batch");
        var key = probes.make(NAME, "a key, in base64");
        var header = probes.make(NAME, "a header, as in a URL");
        Map<String, Object> settings =
                Map.of(
                        "bootstrap.servers",
                        servers,
                        "compression.type",
                        "zstd",
                        "max.block.ms",
                        LIMIT.toMillis());
        try (var producer =
                new KafkaProducer<>(
                        settings, new ByteArraySerializer(), new ByteArraySerializer())) {
            var record =
                    new ProducerRecord<>(
                            topic,
                            key.inBase64().getBytes(StandardCharsets.US_ASCII),
                            (" ".repeat(1000) + value.typed()).getBytes(StandardCharsets.UTF_8));
            record.headers().add("page", header.inUrl().getBytes(StandardCharsets.UTF_8));
            producer.send(record).get(LIMIT.toSeconds(), TimeUnit.SECONDS);
        }
    }

    @Override
    public void search(Look look) throws Exception {
        Map<String, Object> settings =
                Map.of(
                        "bootstrap.servers",
                        servers,
                        "fetch.max.bytes",
                        FETCH_BYTES,
                        "max.partition.fetch.bytes",
                        FETCH_BYTES / 2);
        try (var consumer =
                new KafkaConsumer<>(
                        settings, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            var topics = consumer.listTopics();
            var partitions =
                    topics.values().stream()
                            .flatMap(List::stream)
                            .map(part -> new TopicPartition(part.topic(), part.partition()))
                            .toList();
            read(consumer, partitions, look);
            look.count("topics", topics.size());
            look.count("partitions", partitions.size());
        }
    }

    private static void read(
            KafkaConsumer<byte[], byte[]> consumer, List<TopicPartition> partitions, Look look)
            throws TimeoutException {
        consumer.assign(partitions);
        consumer.seekToBeginning(partitions);
        var ends = consumer.endOffsets(partitions);
        var limit = Instant.now().plus(LIMIT);
        while (ends.entrySet().stream()
                .anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
            var records = consumer.poll(Duration.ofMillis(200));
            if (!records.isEmpty()) {
                limit = Instant.now().plus(LIMIT);
            } else if (Instant.now().isAfter(limit)) {
                throw new TimeoutException("a topic gives no records before its end");
            }
            for (var record : records) {
                read(record, look);
            }
        }
    }

    private static void read(ConsumerRecord<byte[], byte[]> record, Look look) {
        look.count("records", 1);
        look.unit(record.key(), () -> where(record, "key"));
        look.unit(record.value(), () -> where(record, "value"));
        for (Header header : record.headers()) {
            look.unit(header.key().getBytes(StandardCharsets.UTF_8), () -> where(record, "header"));
            look.unit(header.value(), () -> where(record, "header " + header.key()));
        }
    }

    private static String where(ConsumerRecord<byte[], byte[]> record, String part) {
        return "%s/%d offset %d, %s"
                .formatted(record.topic(), record.partition(), record.offset(), part);
    }

    @Override
    public void remove() throws Exception {
        Collection<String> left =
                admin
                        .listTopics(new ListTopicsOptions().listInternal(false))
                        .names()
                        .get(LIMIT.toSeconds(), TimeUnit.SECONDS)
                        .stream()
                        .filter(topic -> topic.startsWith(Probes.PREFIX))
                        .toList();
        try {
            admin.deleteTopics(left).all().get(LIMIT.toSeconds(), TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            if (!(e.getCause() instanceof UnknownTopicOrPartitionException)) {
                throw e;
            }
        }
    }

    @Override
    public void close() {
        admin.close(LIMIT);
    }
}
