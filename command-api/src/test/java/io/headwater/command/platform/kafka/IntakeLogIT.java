package io.headwater.command.platform.kafka;

import static io.headwater.schema.SampleEvents.filled;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.headwater.backends.Backend;
import io.headwater.backends.Backends;
import io.headwater.backends.TestBackends;
import io.headwater.command.TestLog;
import io.headwater.command.TestSchemas;
import io.headwater.command.TestVaultKeys;
import io.headwater.events.Pii;
import io.headwater.events.intake.ReceiptRecorded;
import io.headwater.events.intake.WebhookReceived;
import io.headwater.schema.AvroSerde;
import io.headwater.schema.Brokers;
import io.headwater.schema.KafkaSecurity;
import io.headwater.schema.Provisioner;
import io.headwater.schema.Topics;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.config.ConfigResource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.util.unit.DataSize;

@SuppressWarnings("NullAway.Init")
class IntakeLogIT {

    /// A cold broker makes its transaction log first; only the test of the limit has a short one.
    private static final Duration LIMIT = Duration.ofSeconds(30);

    private static final Duration SHORT_LIMIT = Duration.ofSeconds(3);

    private Backends backends;
    private TransactionalIntakeLog log;

    @BeforeEach
    void start() {
        backends = TestBackends.fresh();
        backends.start(Backend.KAFKA);
        Provisioner.provideTopics(Brokers.at(backends.kafkaBootstrap()), 4, (short) 1);
        log = open("one", LIMIT);
    }

    @AfterEach
    void stop() {
        log.stop();
        backends.close();
    }

    /// Ready for use: an empty append opens the producer and leaves no record.
    private TransactionalIntakeLog open(String instance, Duration limit) {
        var settings =
                new KafkaSettings(
                        backends.kafkaBootstrap(),
                        KafkaSecurity.NONE,
                        limit,
                        1000,
                        DataSize.ofMegabytes(8));
        var config = KafkaLogs.intakeProducer(settings, "it-" + instance);
        var opened =
                new TransactionalIntakeLog(
                        new RecordEncoder(
                                new AvroSerde<>(TestSchemas.ids()), new TestVaultKeys().sealer()),
                        limit,
                        1000,
                        () -> new KafkaProducer<>(config));
        opened.start();
        await().atMost(Duration.ofMinutes(2))
                .ignoreExceptions()
                .untilAsserted(() -> opened.append(List.of()).join());
        return opened;
    }

    private static List<ProducerRecord<String, SpecificRecord>> request(String id) {
        return request(id, 10);
    }

    private static List<ProducerRecord<String, SpecificRecord>> request(String id, int bytes) {
        byte[] body = new byte[bytes];
        new Random(1).nextBytes(body);
        return List.of(
                new ProducerRecord<>(
                        Topics.INTAKE_RECEIPTS.name(),
                        "main",
                        ReceiptRecorded.newBuilder(filled(ReceiptRecorded.class))
                                .setReceiptId(id)
                                .build()),
                new ProducerRecord<>(
                        Topics.INTAKE_WEBHOOKS.name(),
                        "main",
                        WebhookReceived.newBuilder(filled(WebhookReceived.class))
                                .setReceiptId(id)
                                .setBody(new Pii("none", "", ByteBuffer.wrap(body)))
                                .build()));
    }

    private List<String> receipts() {
        return new TestLog(backends.kafkaBootstrap())
                .values(Topics.INTAKE_RECEIPTS.name(), ReceiptRecorded.class).stream()
                        .map(ReceiptRecorded::getReceiptId)
                        .sorted()
                        .toList();
    }

    private List<String> webhooks() {
        return new TestLog(backends.kafkaBootstrap())
                .values(Topics.INTAKE_WEBHOOKS.name(), WebhookReceived.class).stream()
                        .map(WebhookReceived::getReceiptId)
                        .sorted()
                        .toList();
    }

    @Test
    void requestsAtTheSameTimeAreAllWritten() {
        var appends = new ArrayList<CompletableFuture<Void>>();
        for (int i = 0; i < 500; i++) {
            appends.add(log.append(request("r" + i)));
        }
        appends.forEach(CompletableFuture::join);
        assertThat(receipts()).hasSize(500).isEqualTo(webhooks());
    }

    @Test
    void requestThatTheBrokerTurnsDownLeavesNothingAndHarmsNobody() throws Exception {
        log.append(request("warm")).get(60, TimeUnit.SECONDS);
        allowAtMost(Topics.INTAKE_WEBHOOKS.name(), 10_000);
        var probes = new AtomicInteger();
        // the broker answers before it applies the change
        await().atMost(Duration.ofMinutes(1))
                .until(() ->
                        log.append(request("probe-" + probes.incrementAndGet(), 100_000))
                                .handle((_, fault) -> fault != null)
                                .join());

        var appends = new ArrayList<CompletableFuture<Void>>();
        for (int i = 0; i < 20; i++) {
            appends.add(log.append(request("r" + i)));
        }
        var tooLarge = log.append(request("large", 100_000));
        appends.forEach(CompletableFuture::join);

        assertThatThrownBy(tooLarge::get)
                .isInstanceOf(ExecutionException.class)
                .hasCauseInstanceOf(LogUnavailableException.class);
        assertThat(receipts())
                .isEqualTo(webhooks())
                .doesNotContain("large")
                .filteredOn(id -> !id.startsWith("probe-"))
                .hasSize(21);
    }

    private void allowAtMost(String topic, int bytes) throws Exception {
        var resource = new ConfigResource(ConfigResource.Type.TOPIC, topic);
        var change =
                new AlterConfigOp(
                        new ConfigEntry("max.message.bytes", String.valueOf(bytes)),
                        AlterConfigOp.OpType.SET);
        try (var admin = Admin.create(Map.of("bootstrap.servers", backends.kafkaBootstrap()))) {
            admin.incrementalAlterConfigs(Map.of(resource, List.of(change))).all().get();
        }
    }

    @Test
    void brokerThatIsAwayIsSaidWithinTheLimitAndForgivenAfter() throws Exception {
        var impatient = open("impatient", SHORT_LIMIT);
        try {
            impatient.append(request("before")).get(60, TimeUnit.SECONDS);
            backends.stop(Backend.KAFKA);

            var since = Instant.now();
            assertThatThrownBy(() -> impatient.append(request("during")).get(60, TimeUnit.SECONDS))
                    .isInstanceOf(ExecutionException.class)
                    .hasCauseInstanceOf(LogUnavailableException.class);
            assertThat(Duration.between(since, Instant.now())).isLessThan(Duration.ofSeconds(15));
            await().atMost(Duration.ofSeconds(60)).until(() -> !impatient.up());
            assertThatThrownBy(() -> impatient.append(request("later")).get(60, TimeUnit.SECONDS))
                    .isInstanceOf(ExecutionException.class)
                    .hasRootCauseMessage("the log is away");

            backends.start(Backend.KAFKA);
            await().atMost(Duration.ofMinutes(2)).until(impatient::up);
            await().atMost(Duration.ofMinutes(2))
                    .ignoreExceptions()
                    .untilAsserted(() -> impatient.append(request("after")).join());
            assertThat(receipts()).contains("before", "after").isEqualTo(webhooks());
        } finally {
            impatient.stop();
        }
    }

    @Test
    void anInstanceThatWasReplacedRecoversInsteadOfMixing() throws Exception {
        log.append(request("old")).get(60, TimeUnit.SECONDS);
        var successor = open("one", LIMIT);
        try {
            successor.append(request("new")).get(60, TimeUnit.SECONDS);
            assertThatThrownBy(() -> log.append(request("fenced")).get(60, TimeUnit.SECONDS))
                    .hasCauseInstanceOf(LogUnavailableException.class);
            assertThat(receipts()).containsExactly("new", "old").isEqualTo(webhooks());
        } finally {
            successor.stop();
        }
    }
}
