package io.headwater.command;

import io.headwater.schema.AvroSerde;
import io.headwater.vault.PersonalKeys;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.jspecify.annotations.Nullable;

/// Reads all that is committed on a topic, opened where there are keys.
public final class TestLog {

    private final String bootstrap;
    private final AvroSerde<SpecificRecord> serde = new AvroSerde<>(TestSchemas.ids());

    private final @Nullable PersonalKeys personal;

    public TestLog(String bootstrap) {
        this(bootstrap, null);
    }

    /// @param personal null: what is sealed stays so
    public TestLog(String bootstrap, @Nullable PersonalKeys personal) {
        this.bootstrap = bootstrap;
        this.personal = personal;
    }

    /// From the beginning to where the end was when it was called, and of that what is committed.
    ///
    /// A commit returns before its markers are written, so the committed end may be too early: it
    /// waits until every transaction that was open before the end is decided.
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
            var ends = ends(partitions);
            Instant deadline = Instant.now().plusSeconds(60);
            var all = new ArrayList<ConsumerRecord<String, SpecificRecord>>();
            while (partitions.stream()
                    .anyMatch(p -> consumer.position(p) < ends.getOrDefault(p, 0L))) {
                if (Instant.now().isAfter(deadline)) {
                    throw new AssertionError("a transaction on " + topic + " does not end");
                }
                for (var record : consumer.poll(Duration.ofMillis(200))) {
                    if (record.value() == null) {
                        continue; // of a changelog: the key is gone
                    }
                    all.add(
                            new ConsumerRecord<>(
                                    topic,
                                    record.partition(),
                                    record.offset(),
                                    record.key(),
                                    opened(topic, record)));
                }
            }
            return all;
        }
    }

    private SpecificRecord opened(String topic, ConsumerRecord<String, byte[]> record) {
        var value = Objects.requireNonNull(serde.deserialize(topic, record.value()));
        return personal == null ? value : personal.opened(value, String.valueOf(record.key()));
    }

    private Map<TopicPartition, Long> ends(List<TopicPartition> partitions) {
        try (var admin =
                Admin.create(Map.of(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrap))) {
            return endsOf(admin, partitions);
        }
    }

    /// @return the end of each partition, what is not committed included
    public static Map<TopicPartition, Long> endsOf(Admin admin, List<TopicPartition> partitions) {
        var wanted =
                partitions.stream().collect(Collectors.toMap(p -> p, _ -> OffsetSpec.latest()));
        try {
            return admin
                    .listOffsets(wanted, new ListOffsetsOptions(IsolationLevel.READ_UNCOMMITTED))
                    .all()
                    .get()
                    .entrySet()
                    .stream()
                    .collect(Collectors.toMap(Map.Entry::getKey, e -> e.getValue().offset()));
        } catch (ExecutionException failed) {
            throw new IllegalStateException(failed);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(stopped);
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
