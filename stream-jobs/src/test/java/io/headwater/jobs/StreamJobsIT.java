package io.headwater.jobs;

import static io.headwater.schema.SampleEvents.LEAD;
import static io.headwater.schema.SampleEvents.SESSION;
import static io.headwater.schema.SampleEvents.SITE;
import static io.headwater.schema.SampleEvents.VISITOR;
import static io.headwater.schema.SampleEvents.leadCaptured;
import static io.headwater.schema.SampleEvents.sessionRow;
import static io.headwater.schema.SampleEvents.submission;
import static org.assertj.core.api.Assertions.assertThat;

import io.headwater.backends.Backend;
import io.headwater.backends.Backends;
import io.headwater.backends.TestBackends;
import io.headwater.events.lead.ScoreLead;
import io.headwater.schema.AvroSerde;
import io.headwater.schema.Brokers;
import io.headwater.schema.Provisioner;
import io.headwater.schema.SchemaIds;
import io.headwater.schema.Slots;
import io.headwater.schema.Topics;
import io.headwater.vault.KekFile;
import io.headwater.vault.KeyVault;
import io.headwater.vault.VaultLogin;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.context.ConfigurableApplicationContext;

/// The application as it runs: its own settings, a real Kafka, registry and store.
class StreamJobsIT {

    private static final Backends BACKENDS =
            TestBackends.shared(Backend.KAFKA, Backend.REGISTRY, Backend.S3, Backend.POSTGRES);

    @TempDir private static Path folder;
    private static SchemaIds schemaIds;
    private static ConfigurableApplicationContext app;

    @BeforeAll
    static void start() throws IOException {
        String cache = folder.resolve("schemas.json").toString();
        Provisioner.provideTopics(Brokers.at(BACKENDS.kafkaBootstrap()), 4, (short) 1);
        Provisioner.provideSchemas(BACKENDS.registryUrl(), cache);
        schemaIds = SchemaIds.of(BACKENDS.registryUrl(), cache);
        var vault =
                new VaultLogin(
                        BACKENDS.jdbcUrl(),
                        BACKENDS.jdbcVaultUser(),
                        "",
                        folder.resolve("kek.json").toUri().toString());
        open(vault);
        app =
                StreamJobs.start(
                        "--server.port=0",
                        "--headwater.kafka.bootstrap-servers=" + BACKENDS.kafkaBootstrap(),
                        "--headwater.schemas.registry-url=" + BACKENDS.registryUrl(),
                        "--headwater.schemas.cache-file=" + cache,
                        "--headwater.state-dir=" + folder.resolve("state"),
                        "--headwater.vault.url=" + vault.url(),
                        "--headwater.vault.user=" + vault.user(),
                        "--headwater.vault.kek=" + vault.kek(),
                        "--headwater.s3.endpoint=" + BACKENDS.s3Endpoint(),
                        "--headwater.s3.access-key=" + BACKENDS.s3AccessKey(),
                        "--headwater.s3.secret-key=" + BACKENDS.s3SecretKey());
    }

    /// As command-api does when it starts.
    private static void open(VaultLogin login) {
        var limit = Duration.ofSeconds(30);
        try (var connections = login.connections("test", limit, limit, 2)) {
            new KeyVault(connections, KekFile.at(login.kek())).open();
        }
    }

    @AfterAll
    static void stop() {
        app.close();
    }

    @Test
    void becomesHealthyAndSaysWhatItIsMadeOf() {
        Awaitility.await()
                .atMost(Duration.ofSeconds(180))
                .untilAsserted(() -> {
                    var health = health();
                    assertThat(health.statusCode()).isEqualTo(200);
                    assertThat(health.body())
                            .contains("\"lead-score\"")
                            .contains("\"session-archive\"")
                            .contains("\"last_success\"");
                });
    }

    @Test
    void leadGetsTheScoreOfItsVisitorsSession() throws Exception {
        int partition = Slots.partition(Slots.slotOfVisitor(VISITOR), 4);
        var serde = new AvroSerde<SpecificRecord>(schemaIds);
        try (var producer =
                new KafkaProducer<String, SpecificRecord>(
                        Map.of("bootstrap.servers", BACKENDS.kafkaBootstrap()),
                        new StringSerializer(),
                        serde)) {
            String events = Topics.LEAD_EVENTS.name();
            producer.send(new ProducerRecord<>(events, SITE, leadCaptured()))
                    .get(60, TimeUnit.SECONDS);
            Awaitility.await()
                    .atMost(Duration.ofSeconds(180))
                    .untilAsserted(() -> assertThat(scores(LEAD)).containsExactly(0));

            String sessions = Topics.view("sessions", 1).name();
            producer.send(new ProducerRecord<>(sessions, partition, SESSION, sessionRow().build()))
                    .get(60, TimeUnit.SECONDS);
        }

        Awaitility.await()
                .atMost(Duration.ofSeconds(180))
                .untilAsserted(() -> assertThat(scores(LEAD)).containsExactly(0, 52));
    }

    /// In one transaction with its neighbours: what cannot be decoded is kept aside, once, and they
    /// are not lost, on every topic that the job reads.
    @Test
    void poisonIsParkedAndItsNeighboursAreScored() throws Exception {
        var poison = "no record".getBytes(StandardCharsets.UTF_8);
        var serde = new AvroSerde<SpecificRecord>(schemaIds);
        String events = Topics.LEAD_EVENTS.name();
        int site = Slots.partition(Slots.slotOfVisitor(VISITOR), 4);
        try (var producer =
                new KafkaProducer<>(
                        Map.<String, Object>of("bootstrap.servers", BACKENDS.kafkaBootstrap()),
                        new StringSerializer(),
                        new ByteArraySerializer())) {
            for (String lead : List.of(SITE + "_before", SITE + "_after")) {
                var captured =
                        leadCaptured(
                                lead,
                                submission()
                                        .setSubmissionId("of-" + lead)
                                        .setVisitorId(null)
                                        .setSessionId(null)
                                        .build());
                producer.send(
                        new ProducerRecord<>(events, SITE, serde.serialize(events, captured)));
                producer.send(new ProducerRecord<>(events, SITE, poison));
            }
            for (String topic :
                    List.of(
                            Topics.TRACKING_EVENTS.name(),
                            Topics.SCORE_REQUESTS.name(),
                            Topics.view("sessions", 1).name())) {
                producer.send(new ProducerRecord<>(topic, site, "poison", poison));
            }
            producer.flush();
        }

        Awaitility.await()
                .atMost(Duration.ofSeconds(180))
                .untilAsserted(() -> {
                    assertThat(scores(SITE + "_before")).containsExactly(0);
                    assertThat(scores(SITE + "_after")).containsExactly(0);
                    assertThat(letters()).hasSize(5).containsOnly("no record");
                    assertThat(count("lead.score.parked")).isEqualTo(5);
                    assertThat(count("lead.score.read"))
                            .isEqualTo(
                                    count("lead.score.applied")
                                            + count("lead.score.parked")
                                            + count("lead.score.skipped"));
                });
        assertThat(count("streams.thread.replaced")).isZero();
        assertThat(health().body()).contains("\"lead-score\"");
    }

    private static double count(String name) {
        return app.getBean(MeterRegistry.class).get(name).counters().stream()
                .mapToDouble(Counter::count)
                .sum();
    }

    private static List<Integer> scores(String leadId) {
        return commands().stream()
                .filter(command -> command.getLeadId().equals(leadId))
                .map(ScoreLead::getEngagementScore)
                .toList();
    }

    private static List<String> letters() {
        return committed(Topics.SCORE_DEAD_LETTERS.name(), new ByteArrayDeserializer()).stream()
                .map(value -> new String(value, StandardCharsets.UTF_8))
                .toList();
    }

    private static HttpResponse<String> health() throws IOException, InterruptedException {
        var uri =
                URI.create(
                        "http://127.0.0.1:"
                                + app.getEnvironment().getProperty("local.server.port")
                                + "/health");
        try (var http = HttpClient.newHttpClient()) {
            return http.send(
                    HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString());
        }
    }

    private static List<ScoreLead> commands() {
        return committed(Topics.LEAD_COMMANDS.name(), new AvroSerde<SpecificRecord>(schemaIds))
                .stream()
                .map(ScoreLead.class::cast)
                .toList();
    }

    /// Values of a topic so far, of committed transactions only.
    private static <T> List<T> committed(String topic, Deserializer<T> values) {
        Map<String, Object> settings =
                Map.of(
                        "bootstrap.servers",
                        BACKENDS.kafkaBootstrap(),
                        "isolation.level",
                        "read_committed");
        try (var consumer = new KafkaConsumer<>(settings, new StringDeserializer(), values)) {
            var partitions =
                    consumer.partitionsFor(topic).stream()
                            .map(info -> new TopicPartition(info.topic(), info.partition()))
                            .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            var ends = consumer.endOffsets(partitions);
            var found = new ArrayList<T>();
            while (partitions.stream()
                    .anyMatch(p -> consumer.position(p) < ends.getOrDefault(p, 0L))) {
                consumer.poll(Duration.ofMillis(200)).forEach(record -> found.add(record.value()));
            }
            return found;
        }
    }
}
