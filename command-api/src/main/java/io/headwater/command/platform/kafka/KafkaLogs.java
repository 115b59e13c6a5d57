package io.headwater.command.platform.kafka;

import io.headwater.command.platform.InstanceSettings;
import io.headwater.command.platform.vault.RecordSealer;
import io.headwater.schema.AvroSerde;
import io.headwater.schema.SchemaIds;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.Map;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/// The two ways to write, and the settings of their producers.
@Configuration(proxyBeanMethods = false)
public class KafkaLogs {

    /// Longer than a group takes to be handed over.
    private static final int INTAKE_LINGER_MILLIS = 100;

    @Bean
    SchemaIds schemaIds(SchemaSettings settings) {
        return SchemaIds.of(settings.registryUrl(), settings.cacheFile());
    }

    @Bean
    AvroSerde<SpecificRecord> avroSerde(SchemaIds ids) {
        return new AvroSerde<>(ids);
    }

    @Bean
    TransactionalIntakeLog intakeLog(
            AvroSerde<SpecificRecord> serde,
            RecordSealer sealer,
            KafkaSettings settings,
            InstanceSettings instance) {
        var config = intakeProducer(settings, "command-api-intake-" + instance.instance());
        return new TransactionalIntakeLog(
                new RecordEncoder(serde, sealer),
                settings.appendLimit(),
                settings.intakeQueue(),
                () -> new KafkaProducer<>(config));
    }

    @Bean
    PlainFactLog factLog(
            AvroSerde<SpecificRecord> serde, RecordSealer sealer, KafkaSettings settings) {
        return new PlainFactLog(
                new RecordEncoder(serde, sealer), new KafkaProducer<>(factProducer(settings)));
    }

    @Bean
    JobConsumer jobConsumer(
            TopicJobs jobs,
            AvroSerde<SpecificRecord> serde,
            KafkaSettings settings,
            MeterRegistry meters) {
        return new JobConsumer(
                jobs,
                serde,
                group -> new KafkaConsumer<>(groupConsumer(settings, group)),
                new KafkaProducer<>(common(settings)),
                meters);
    }

    public static Map<String, Object> groupConsumer(KafkaSettings settings, String group) {
        var config = settings.brokers().settings();
        config.put(ConsumerConfig.GROUP_ID_CONFIG, group);
        config.put(ConsumerConfig.KEY_DESERIALIZER_CLASS_CONFIG, ByteArrayDeserializer.class);
        config.put(ConsumerConfig.VALUE_DESERIALIZER_CLASS_CONFIG, ByteArrayDeserializer.class);
        config.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        config.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        // a job is begun wherever the group stands, and at first with the oldest
        config.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
        config.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
        config.put(ConsumerConfig.RECONNECT_BACKOFF_MAX_MS_CONFIG, 500);
        return config;
    }

    static Map<String, Object> intakeProducer(KafkaSettings settings, String transactionalId) {
        var config = common(settings);
        config.put(ProducerConfig.TRANSACTIONAL_ID_CONFIG, transactionalId);
        // an instance that died holds up readers for this long
        config.put(ProducerConfig.TRANSACTION_TIMEOUT_CONFIG, 10_000);
        // A group is sent by its commit, which waits for nothing: all of it in one request, where a
        // record sent at once would go alone, and every full batch in a round trip of its own.
        config.put(ProducerConfig.LINGER_MS_CONFIG, INTAKE_LINGER_MILLIS);
        config.put(ProducerConfig.BATCH_SIZE_CONFIG, 256 << 10);
        // A transaction's first batch waits at the broker to be verified; a second one sent
        // meanwhile is
        // refused as out of order and comes again after the back-off (KAFKA-14920): one at a time
        // is faster.
        config.put(ProducerConfig.MAX_IN_FLIGHT_REQUESTS_PER_CONNECTION, 1);
        // the group is what waits already; a commit that takes longer than the callers do is no use
        config.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, millis(settings.appendLimit()));
        return config;
    }

    static Map<String, Object> factProducer(KafkaSettings settings) {
        var config = common(settings);
        config.put(ProducerConfig.LINGER_MS_CONFIG, 1);
        config.put(ProducerConfig.BATCH_SIZE_CONFIG, 64 << 10);
        config.put(ProducerConfig.BUFFER_MEMORY_CONFIG, settings.factBuffer().toBytes());
        // a full buffer means the broker does not keep up: say so soon
        config.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, millis(settings.appendLimit()) / 4);
        return config;
    }

    private static Map<String, Object> common(KafkaSettings settings) {
        int limit = millis(settings.appendLimit());
        var config = settings.brokers().settings();
        config.put(ProducerConfig.KEY_SERIALIZER_CLASS_CONFIG, ByteArraySerializer.class);
        config.put(ProducerConfig.VALUE_SERIALIZER_CLASS_CONFIG, ByteArraySerializer.class);
        config.put(ProducerConfig.ACKS_CONFIG, "all");
        config.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
        config.put(ProducerConfig.COMPRESSION_TYPE_CONFIG, "lz4");
        config.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, limit);
        config.put(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, limit / 2);
        config.put(ProducerConfig.MAX_REQUEST_SIZE_CONFIG, 4 << 20);
        config.put(ProducerConfig.RECONNECT_BACKOFF_MAX_MS_CONFIG, 500);
        return config;
    }

    private static int millis(Duration duration) {
        return Math.toIntExact(duration.toMillis());
    }
}
