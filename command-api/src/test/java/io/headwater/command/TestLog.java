package io.headwater.command;

import io.headwater.schema.AvroSerde;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;

/// Reads all that is committed on a topic.
public final class TestLog {

    private final String bootstrap;
    private final AvroSerde<SpecificRecord> serde = new AvroSerde<>(TestSchemas.ids());

    public TestLog(String bootstrap) {
        this.bootstrap = bootstrap;
    }

    /// From the beginning to where the committed end was when it was called.
    public List<ConsumerRecord<String, SpecificRecord>> read(String topic) {
        try (var consumer =
                new KafkaConsumer<String, byte[]>(
                        Map.of(
                                ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG,
                                bootstrap,
                                ConsumerConfig.ISOLATION_LEVEL_CONFIG,
                                "read_committed",
                                ConsumerConfig.AUTO_OFFSET_RESET_CONFIG,
                                "earliest"),
                        new StringDeserializer(),
                        new ByteArrayDeserializer())) {
            var partitions =
                    consumer.partitionsFor(topic).stream()
                            .map(info -> new TopicPartition(topic, info.partition()))
                            .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            var ends = consumer.endOffsets(partitions);
            var all = new ArrayList<ConsumerRecord<String, SpecificRecord>>();
            while (partitions.stream()
                    .anyMatch(p -> consumer.position(p) < ends.getOrDefault(p, 0L))) {
                for (var record : consumer.poll(Duration.ofMillis(200))) {
                    all.add(
                            new ConsumerRecord<>(
                                    topic,
                                    record.partition(),
                                    record.offset(),
                                    record.key(),
                                    Objects.requireNonNull(
                                            serde.deserialize(topic, record.value()))));
                }
            }
            return all;
        }
    }

    public <T extends SpecificRecord> List<T> values(String topic, Class<T> type) {
        return read(topic).stream()
                .map(ConsumerRecord::value)
                .filter(type::isInstance)
                .map(type::cast)
                .toList();
    }
}
