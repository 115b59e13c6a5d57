package io.headwater.command.edge;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.headwater.backends.Backend;
import io.headwater.backends.Backends;
import io.headwater.backends.TestBackends;
import io.headwater.command.TestLog;
import io.headwater.command.TestVaultKeys;
import io.headwater.command.edge.EdgeServer.Answer;
import io.headwater.command.platform.directory.AccessDirectory;
import io.headwater.command.platform.directory.DirectoryProgress;
import io.headwater.command.platform.directory.SourceDirectory;
import io.headwater.command.platform.kafka.FactLog;
import io.headwater.command.platform.kafka.IntakeLog;
import io.headwater.command.platform.result.CommandResults;
import io.headwater.command.platform.vault.RecordSealer;
import io.headwater.events.intake.ReceiptRecorded;
import io.headwater.events.intake.WebhookReceived;
import io.headwater.events.lead.CaptureLead;
import io.headwater.events.tracking.EventsTracked;
import io.headwater.schema.AvroSerde;
import io.headwater.schema.Brokers;
import io.headwater.schema.Provisioner;
import io.headwater.schema.SchemaIds;
import io.headwater.schema.Slots;
import io.headwater.schema.Topics;
import io.headwater.vault.PersonalKeys;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.ComponentScan;
import org.springframework.context.annotation.Primary;

/// What stands on the topics of a real Kafka after requests, byte by byte, and what is answered
/// when the broker has gone.
@SuppressWarnings("NullAway.Init")
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class EdgeKafkaIT {

    private static final TestVaultKeys VAULT = new TestVaultKeys();

    private static final SchemaIds IDS = SchemaIds.inMemory();
    private static final AvroSerde<SpecificRecord> SERDE = new AvroSerde<>(IDS);
    private static final ExecutorService asking = Executors.newVirtualThreadPerTaskExecutor();
    private static Backends backends;
    private static EdgeServer server;

    @BeforeAll
    static void start() {
        backends = TestBackends.fresh();
        backends.start(Backend.KAFKA);
        Provisioner.provideTopics(Brokers.at(backends.kafkaBootstrap()), 4, (short) 1);
        server =
                new EdgeServer(
                        new Class<?>[] {KafkaSlice.class},
                        "--headwater.kafka.bootstrap-servers=" + backends.kafkaBootstrap(),
                        "--headwater.kafka.append-limit=10s");
        // a cold broker makes its transaction log first, and tells of topics later than that
        await().atMost(Duration.ofMinutes(2))
                .ignoreExceptions()
                .untilAsserted(() -> server.bean(IntakeLog.class).append(List.of()).join());
        await().atMost(Duration.ofMinutes(2))
                .ignoreExceptions()
                .untilAsserted(
                        () -> server.bean(FactLog.class).partitions(Topics.TRACKING_EVENTS.name()));
    }

    @AfterAll
    static void stop() {
        asking.close();
        server.close();
        backends.close();
    }

    @Test
    @Order(1)
    void aWebhookIsOnItsThreeTopicsBeforeTheAnswerAndItsKeyOnNone() {
        var answer = server.json("/webhooks/google-ads/g1", fixture());

        assertThat(answer.status()).isEqualTo(200);
        var webhooks = read(Topics.INTAKE_WEBHOOKS.name());
        var receipts = read(Topics.INTAKE_RECEIPTS.name());
        var commands = read(Topics.LEAD_COMMANDS.name());
        var audit = only(webhooks, WebhookReceived.class);
        var receipt = only(receipts, ReceiptRecorded.class);
        var command = only(commands, CaptureLead.class);
        assertThat(keys(webhooks, receipts, commands)).containsOnly("lakeside");
        assertThat(receipt.getSubmissionIds()).containsExactly(command.getCommandId());
        assertThat(receipt.getReceiptId())
                .isEqualTo(audit.getReceiptId())
                .isEqualTo(command.getSubmission().getReceiptId());
        assertThat(
                        VAULT.people()
                                .data()
                                .open(command.getSubmission().getEmail(), "lakeside", "email"))
                .contains("zoe@example.test");
        for (var topic : List.of(webhooks, receipts, commands)) {
            for (var record : topic) {
                assertThat(new String(record.value(), UTF_8))
                        .doesNotContain("hw-google-key", "goo\\u0067le-key", "zoe@example.test");
            }
        }
    }

    @Test
    @Order(2)
    void eventsOfAVisitAreInThePartitionOfItsSlot() {
        var started =
                server.json("/track/session/start", "{\"fingerprint_id\":\"fp\",\"page\":\"/\"}");
        String session = started.text("session_id");
        var tracked =
                server.json(
                        "/track/event",
                        "{\"session_id\":\"%s\",\"event_type\":\"click\"}".formatted(session));

        assertThat(tracked.json().get("accepted").intValue()).isEqualTo(1);
        var records = read(Topics.TRACKING_EVENTS.name());
        assertThat(records)
                .hasSize(2)
                .allSatisfy(record -> {
                    assertThat(new String(record.key(), UTF_8)).isEqualTo(session);
                    assertThat(record.partition())
                            .isEqualTo(
                                    Slots.partition(
                                            Slots.slotOfVisitor(started.text("visitor_id")), 4));
                });
        assertThat(only(records, EventsTracked.class).getSessionId()).isEqualTo(session);
    }

    @Test
    @Order(3)
    void aLeadOfAKeyedCallerWaitsForNothingElse() {
        var answer =
                server.json(
                        "/lead.capture",
                        "{\"email\":\"k@example.test\"}",
                        "X-API-Key",
                        FakeDirectory.API_KEY);

        assertThat(answer.status()).isEqualTo(200);
        assertThat(read(Topics.LEAD_COMMANDS.name())).hasSize(2);
    }

    @Test
    @Order(4)
    void withoutTheBrokerNothingIsAccepted() {
        backends.kill(Backend.KAFKA);

        // each waits for the broker as long as it may: at the same time
        var answers =
                Stream.<Supplier<Answer>>of(
                                () ->
                                        server.json(
                                                "/track/event",
                                                "{\"session_id\":\"s\",\"event_type\":\"click\"}"),
                                () -> server.json("/webhooks/google-ads/g1", fixture()),
                                () ->
                                        server.json(
                                                "/lead.capture",
                                                "{\"email\":\"k@example.test\"}",
                                                "X-API-Key",
                                                FakeDirectory.API_KEY))
                        .map(asked -> CompletableFuture.supplyAsync(asked, asking))
                        .toList();
        var wrong =
                server.json("/webhooks/generic/x1", "{}", "X-API-Key", "not-the-key-of-the-source");

        assertThat(answers.stream().map(CompletableFuture::join).toList())
                .allSatisfy(answer -> {
                    assertThat(answer.status()).isEqualTo(503);
                    assertThat(answer.header("Retry-After")).isEqualTo("5");
                    assertThat(answer.text("type")).isEqualTo("/problems/log-unavailable");
                });
        assertThat(wrong.status()).isEqualTo(401);
    }

    private static String fixture() {
        try (var in = EdgeKafkaIT.class.getResourceAsStream("/intake/google-ads/lead.json")) {
            return new String(Objects.requireNonNull(in).readAllBytes(), UTF_8);
        } catch (IOException missing) {
            throw new UncheckedIOException(missing);
        }
    }

    /// Everything committed of what is on a topic now.
    private static List<ConsumerRecord<byte[], byte[]>> read(String topic) {
        Map<String, Object> config =
                Map.of(
                        "bootstrap.servers",
                        backends.kafkaBootstrap(),
                        "isolation.level",
                        "read_committed");
        try (var admin = Admin.create(config);
                var consumer =
                        new KafkaConsumer<>(
                                config, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            var partitions =
                    consumer.partitionsFor(topic).stream()
                            .map(info -> new TopicPartition(topic, info.partition()))
                            .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            var ends = TestLog.endsOf(admin, partitions);
            var all = new ArrayList<ConsumerRecord<byte[], byte[]>>();
            Instant limit = Instant.now().plusSeconds(60);
            while (partitions.stream()
                    .anyMatch(one ->
                            consumer.position(one) < Objects.requireNonNull(ends.get(one)))) {
                assertThat(Instant.now()).isBefore(limit);
                consumer.poll(Duration.ofMillis(200)).forEach(all::add);
            }
            return all;
        }
    }

    private static <T extends SpecificRecord> T only(
            List<ConsumerRecord<byte[], byte[]>> records, Class<T> type) {
        return records.stream()
                .map(record -> SERDE.deserialize(record.topic(), record.value()))
                .filter(type::isInstance)
                .map(type::cast)
                .reduce((first, second) -> {
                    throw new AssertionError("more than one " + type.getSimpleName());
                })
                .orElseThrow();
    }

    @SafeVarargs
    private static List<String> keys(List<ConsumerRecord<byte[], byte[]>>... topics) {
        return Stream.of(topics)
                .flatMap(List::stream)
                .map(record -> new String(record.key(), UTF_8))
                .toList();
    }

    /// The real logs; the directory and the decisions are fakes.
    @EnableAutoConfiguration
    @ComponentScan({
        "io.headwater.command.intake",
        "io.headwater.command.tracking",
        "io.headwater.command.platform.enrich",
        "io.headwater.command.platform.postgres",
        "io.headwater.command.platform.web",
        "io.headwater.command.platform.kafka"
    })
    @ConfigurationPropertiesScan({
        "io.headwater.command.intake",
        "io.headwater.command.tracking",
        "io.headwater.command.platform"
    })
    static class KafkaSlice {

        @Bean
        static RecordSealer recordSealer() {
            return VAULT.sealer();
        }

        @Bean
        static PersonalKeys personalKeys() {
            return VAULT.people().data();
        }

        @Bean
        @Primary
        static SchemaIds ids() {
            return IDS;
        }

        @Bean
        static CommandResults commandResults(EdgeServer server) {
            return server.results;
        }

        @Bean
        static SourceDirectory sourceDirectory() {
            return new NoSourceDetails();
        }

        @Bean
        static DirectoryProgress directoryProgress() {
            return new SeenAtOnce();
        }

        @Bean
        static AccessDirectory accessDirectory(EdgeServer server) {
            return server.directory;
        }
    }
}
