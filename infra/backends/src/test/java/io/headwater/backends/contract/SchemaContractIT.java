package io.headwater.backends.contract;

import static io.headwater.schema.SampleEvents.LEAD;
import static io.headwater.schema.SampleEvents.NOON;
import static io.headwater.schema.SampleEvents.SESSION;
import static io.headwater.schema.SampleEvents.SITE;
import static io.headwater.schema.SampleEvents.VISITOR;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.headwater.backends.Backend;
import io.headwater.backends.Backends;
import io.headwater.backends.TestBackends;
import io.headwater.events.lead.LeadCaptured;
import io.headwater.schema.AvroSerde;
import io.headwater.schema.AvroSerde.SchemaUnavailableException;
import io.headwater.schema.Brokers;
import io.headwater.schema.Provisioner;
import io.headwater.schema.SampleEvents;
import io.headwater.schema.SchemaIds;
import io.headwater.schema.Topics;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The catalogue on a real registry and broker, and read by Confluent's own client.
class SchemaContractIT {

    private static final Backends BACKENDS = TestBackends.fresh();

    /// Nobody listens there.
    private static final String AWAY = "http://127.0.0.1:1/apis/ccompat/v7";

    @TempDir private static Path folder;
    private static String cache;

    @BeforeAll
    static void provision() throws IOException {
        BACKENDS.start(List.of(Backend.KAFKA, Backend.REGISTRY));
        cache = folder.resolve("schemas.json").toString();
        Provisioner.provideTopics(Brokers.at(BACKENDS.kafkaBootstrap()), 4, (short) 1);
        Provisioner.provideSchemas(BACKENDS.registryUrl(), cache);
    }

    @AfterAll
    static void stop() {
        BACKENDS.close();
    }

    @Test
    void provisioningAgainChangesNothing() throws IOException {
        String before = Files.readString(Path.of(cache));

        assertThat(Provisioner.provideTopics(Brokers.at(BACKENDS.kafkaBootstrap()), 4, (short) 1))
                .isEmpty();
        assertThat(Provisioner.provideSchemas(BACKENDS.registryUrl(), cache)).isZero();
        Path again = folder.resolve("again.json");
        assertThat(Provisioner.provideSchemas(BACKENDS.registryUrl(), again.toString()))
                .isPositive();

        assertThat(Files.readString(again)).isEqualTo(before);
    }

    @Test
    void topicsAreAsTheCatalogueSays() throws Exception {
        try (var admin = Admin.create(Map.of("bootstrap.servers", BACKENDS.kafkaBootstrap()))) {
            for (var topic : Topics.all()) {
                var described = admin.describeTopics(List.of(topic.name())).allTopicNames().get();
                assertThat(described.values())
                        .singleElement()
                        .satisfies(found -> assertThat(found.partitions()).hasSize(4));
                var resource = new ConfigResource(ConfigResource.Type.TOPIC, topic.name());
                var configs =
                        requireNonNull(
                                admin.describeConfigs(List.of(resource)).all().get().get(resource));
                topic.configs()
                        .forEach((name, value) ->
                                assertThat(configs.get(name).value())
                                        .as(topic.name() + " " + name)
                                        .isEqualTo(value));
            }
        }
    }

    @Test
    void registryKeepsSchemasFullyCompatible() throws Exception {
        assertThat(registry("GET", "/config", "").body()).contains("FULL_TRANSITIVE");
        String subject = Topics.LEAD_EVENTS.name() + "-" + LeadCaptured.class.getName();
        String withoutLead =
                LeadCaptured.getClassSchema().toString().replace("\"lead_id\"", "\"other_id\"");
        String body =
                "{\"schema\":\"" + withoutLead.replace("\\", "\\\\").replace("\"", "\\\"") + "\"}";

        var refused = registry("POST", "/subjects/" + subject + "/versions", body);

        assertThat(refused.statusCode()).isEqualTo(409);
    }

    @Test
    void everyTypeTravelsWithRealIds() {
        var ids = SchemaIds.of(BACKENDS.registryUrl(), "");
        var writer = new AvroSerde<SpecificRecord>(ids);
        var reader = new AvroSerde<SpecificRecord>(SchemaIds.of(BACKENDS.registryUrl(), ""));
        for (var topic : Topics.all()) {
            for (var type : topic.records()) {
                SpecificRecord sample = SampleEvents.filled(type);
                byte[] bytes = writer.serialize(topic.name(), sample);
                // Avro cannot compare records with optional times inside a list
                assertThat(String.valueOf(reader.deserialize(topic.name(), bytes)))
                        .as(topic.name() + " " + type.getSimpleName())
                        .isEqualTo(sample.toString());
            }
        }
    }

    @Test
    void withTheCacheTheRegistryMayBeAway() {
        var serde = new AvroSerde<SpecificRecord>(SchemaIds.of(AWAY, cache));
        String topic = Topics.LEAD_EVENTS.name();

        byte[] bytes = serde.serialize(topic, SampleEvents.leadCaptured());

        assertThat(serde.deserialize(topic, bytes)).isEqualTo(SampleEvents.leadCaptured());
    }

    @Test
    void withoutTheCacheAnAbsentRegistryIsNotTheRecordsFault() {
        String topic = Topics.LEAD_EVENTS.name();
        var there = new AvroSerde<SpecificRecord>(SchemaIds.of(BACKENDS.registryUrl(), cache));
        var away = new AvroSerde<SpecificRecord>(SchemaIds.of(AWAY, ""));
        byte[] bytes = there.serialize(topic, SampleEvents.leadCaptured());

        assertThatThrownBy(() -> away.deserialize(topic, bytes))
                .isInstanceOf(SchemaUnavailableException.class);
    }

    @Test
    void unknownIdIsTheRecordsFault() {
        var serde = new AvroSerde<SpecificRecord>(SchemaIds.of(BACKENDS.registryUrl(), ""));
        byte[] bytes = {0, 0, 0x7f, 0, 0, 0};

        assertThatThrownBy(() -> serde.deserialize(Topics.LEAD_EVENTS.name(), bytes))
                .isInstanceOf(SerializationException.class)
                .isNotInstanceOf(SchemaUnavailableException.class);
    }

    @Test
    void confluentsClientReadsOurTopics() throws Exception {
        ConfluentReader.install();
        String topic = Topics.TRACKING_EVENTS.name();
        write(
                topic,
                SESSION,
                List.of(
                        SampleEvents.sessionStarted().build(),
                        SampleEvents.eventsTracked(
                                SESSION,
                                SampleEvents.event("scroll", NOON).setScrollPercent(40.5).build()),
                        SampleEvents.sessionEnded(SESSION)));
        write(Topics.LEAD_EVENTS.name(), SITE, List.of(SampleEvents.leadCaptured()));

        var visits = ConfluentReader.decode(BACKENDS.registryUrl(), topic, values(topic));
        var leads =
                ConfluentReader.decode(
                        BACKENDS.registryUrl(),
                        Topics.LEAD_EVENTS.name(),
                        values(Topics.LEAD_EVENTS.name()));

        assertThat(visits).hasSize(3);
        assertThat(visits.get(0).at("/visitor_id").asText()).isEqualTo(VISITOR);
        assertThat(visits.get(0).at("/ip/data").asText()).isEqualTo("203.0.113.7");
        assertThat(visits.get(1).at("/events/0/scroll_percent").asDouble()).isEqualTo(40.5);
        assertThat(visits.get(2).at("/ended_at").asLong())
                .isEqualTo(NOON.plusSeconds(180).toEpochMilli());
        assertThat(leads).hasSize(1);
        assertThat(leads.getFirst().at("/lead_id").asText()).isEqualTo(LEAD);
        assertThat(leads.getFirst().at("/submission/first_name/data").asText()).isEqualTo("Zoë");
        assertThat(leads.getFirst().at("/submission/gclid").isNull()).isTrue();
    }

    private static void write(String topic, String key, List<SpecificRecord> records)
            throws Exception {
        try (var producer =
                new KafkaProducer<>(
                        Map.of("bootstrap.servers", BACKENDS.kafkaBootstrap()),
                        new StringSerializer(),
                        new AvroSerde<SpecificRecord>(SchemaIds.of(BACKENDS.registryUrl(), "")))) {
            for (var record : records) {
                producer.send(new ProducerRecord<>(topic, 0, key, record))
                        .get(60, TimeUnit.SECONDS);
            }
        }
    }

    private static List<byte[]> values(String topic) {
        var partition = new TopicPartition(topic, 0);
        try (var consumer =
                new KafkaConsumer<>(
                        Map.<String, Object>of("bootstrap.servers", BACKENDS.kafkaBootstrap()),
                        new StringDeserializer(),
                        new ByteArrayDeserializer())) {
            consumer.assign(List.of(partition));
            consumer.seekToBeginning(List.of(partition));
            long end = consumer.endOffsets(List.of(partition)).getOrDefault(partition, 0L);
            var values = new ArrayList<byte[]>();
            while (consumer.position(partition) < end) {
                consumer.poll(Duration.ofSeconds(1)).forEach(record -> values.add(record.value()));
            }
            return values;
        }
    }

    private static HttpResponse<String> registry(String method, String path, String body)
            throws IOException, InterruptedException {
        try (var http = HttpClient.newHttpClient()) {
            var request =
                    HttpRequest.newBuilder(URI.create(BACKENDS.registryUrl() + path))
                            .header("Content-Type", "application/vnd.schemaregistry.v1+json")
                            .method(method, HttpRequest.BodyPublishers.ofString(body))
                            .build();
            return http.send(request, HttpResponse.BodyHandlers.ofString());
        }
    }
}
