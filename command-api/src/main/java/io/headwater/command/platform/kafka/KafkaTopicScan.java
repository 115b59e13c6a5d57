package io.headwater.command.platform.kafka;

import io.headwater.schema.AvroSerde;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.LongPredicate;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.internals.BuiltInPartitioner;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.SerializationException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/// A scan by a consumer of its own, without a group.
@Component
final class KafkaTopicScan implements TopicScan {

    private static final Logger log = LoggerFactory.getLogger(KafkaTopicScan.class);
    private static final Duration POLL = Duration.ofMillis(500);

    private final KafkaSettings kafka;
    private final AvroSerde<SpecificRecord> serde;

    KafkaTopicScan(KafkaSettings kafka, AvroSerde<SpecificRecord> serde) {
        this.kafka = kafka;
        this.serde = serde;
    }

    @Override
    public boolean read(
            String topic,
            String key,
            Instant since,
            Consumer<SpecificRecord> reader,
            LongPredicate goOn) {
        byte[] wanted = key.getBytes(StandardCharsets.UTF_8);
        try (var consumer =
                new KafkaConsumer<byte[], byte[]>(TopicFollower.settings(kafka.brokers()))) {
            int partitions = consumer.partitionsFor(topic).size();
            var partition =
                    new TopicPartition(
                            topic, BuiltInPartitioner.partitionForKey(wanted, partitions));
            consumer.assign(List.of(partition));
            long end = consumer.endOffsets(List.of(partition)).getOrDefault(partition, 0L);
            var begin = consumer.offsetsForTimes(Map.of(partition, since.toEpochMilli()));
            var found = begin.get(partition);
            consumer.seek(partition, found == null ? end : found.offset());
            while (consumer.position(partition) < end) {
                for (var record : consumer.poll(POLL)) {
                    if (record.offset() < end && Arrays.equals(record.key(), wanted)) {
                        read(topic, record.value(), reader);
                    }
                }
                if (!goOn.test(Math.max(0, end - consumer.position(partition)))) {
                    return false;
                }
            }
            return true;
        }
    }

    private void read(String topic, byte[] value, Consumer<SpecificRecord> reader) {
        try {
            var record = serde.deserialize(topic, value);
            if (record != null) {
                reader.accept(record);
            }
        } catch (SerializationException foreign) {
            log.atError().addKeyValue("topic", topic).setCause(foreign).log("unreadable record");
        }
    }
}
