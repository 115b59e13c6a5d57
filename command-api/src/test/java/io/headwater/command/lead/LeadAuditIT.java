package io.headwater.command.lead;

import static io.headwater.schema.SampleEvents.LEAD;
import static io.headwater.schema.SampleEvents.SITE;
import static io.headwater.schema.SampleEvents.fact;
import static io.headwater.schema.SampleEvents.submission;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.headwater.backends.Backend;
import io.headwater.backends.Backends;
import io.headwater.backends.TestBackends;
import io.headwater.command.TestLog;
import io.headwater.command.TestSchemas;
import io.headwater.command.TestVaultKeys;
import io.headwater.command.platform.axon.DeciderRunner;
import io.headwater.command.platform.state.EventSource;
import io.headwater.command.platform.state.StateAudit;
import io.headwater.events.lead.CaptureLead;
import io.headwater.events.lead.MergeLead;
import io.headwater.events.lead.RecordFact;
import io.headwater.events.lead.WinLead;
import io.headwater.schema.AvroSerde;
import io.headwater.schema.Brokers;
import io.headwater.schema.PersonalData;
import io.headwater.schema.Provisioner;
import io.headwater.schema.Topics;
import io.headwater.state.LeadState;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringSerializer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The audit finds the live store equal, also while it moves, and finds what is not equal.
@SuppressWarnings("NullAway.Init")
class LeadAuditIT {

    private static final Duration LIMIT = Duration.ofMinutes(1);

    @TempDir private Path folder;
    private Backends backends;
    private TestLog log;
    private DeciderRunner decider;
    private KafkaProducer<String, SpecificRecord> producer;

    @BeforeEach
    void start() {
        backends = TestBackends.fresh();
        backends.start(Backend.KAFKA);
        String bootstrap = backends.kafkaBootstrap();
        Provisioner.provideTopics(Brokers.at(bootstrap), 4, (short) 1);
        log = new TestLog(bootstrap);
        producer =
                new KafkaProducer<>(
                        Map.of(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrap),
                        new StringSerializer(),
                        new AvroSerde<SpecificRecord>(TestSchemas.ids()));
        decider = DeciderProcess.runner(bootstrap, folder, "audited");
        decider.start();
    }

    @AfterEach
    void stop() {
        producer.close();
        decider.stop();
        backends.close();
    }

    /// Waits for the broker, so that a load is one that a machine can follow.
    private void send(SpecificRecord command) {
        try {
            producer.send(new ProducerRecord<>(Topics.LEAD_COMMANDS.name(), SITE, command)).get();
        } catch (InterruptedException | ExecutionException failed) {
            throw new IllegalStateException(failed);
        }
    }

    private String capture(String email) {
        String id = UUID.randomUUID().toString();
        var of =
                submission()
                        .setSubmissionId(id)
                        .setDedupKey(id)
                        .setEmail(PersonalData.of(email))
                        .setPhone(null)
                        .setVisitorId(null)
                        .build();
        send(new CaptureLead(id, of, List.of()));
        return LeadDesk.leadId(SITE, id);
    }

    private void sendALife() {
        send(new RecordFact(UUID.randomUUID().toString(), fact().build(), List.of()));
        var first = submission().build();
        send(new CaptureLead(first.getSubmissionId(), first, List.of()));
        String merged = capture("merged@example.org");
        send(LeadDriver.change(merged).setMerge(new MergeLead(LEAD, null)).build());
        send(LeadDriver.change(LEAD).setWin(new WinLead(5000L, "EUR", null)).build());
    }

    private void awaitResults(int count) {
        await().atMost(Duration.ofMinutes(3))
                .pollInterval(Duration.ofMillis(200))
                .until(() -> log.read(Topics.COMMAND_RESULTS.name()).size() >= count);
    }

    private StateAudit.Report audit(@Nullable String site) {
        var history =
                LeadHistory.of(TestSchemas.ids(), Duration.ofHours(24), TestVaultKeys.names());
        return new StateAudit<>(
                        history, EventSource.kafka(Brokers.at(backends.kafkaBootstrap())), site)
                .run(LIMIT);
    }

    @Test
    void liveStoreIsWhatTheEventsSay() {
        sendALife();
        awaitResults(5);

        var report = audit(null);

        assertThat(report.differences()).isEmpty();
        assertThat(report.stores()).containsEntry("entities", new StateAudit.Count(2, 2));
        assertThat(report.events()).isGreaterThan(6);
        assertThat(audit("other").events()).isZero();
        assertThat(audit("other").holds()).isTrue();
    }

    @Test
    void holdsWhileCommandsComeIn() throws Exception {
        sendALife();
        awaitResults(5);
        var more = new AtomicBoolean(true);
        var load =
                Thread.ofPlatform()
                        .start(() -> {
                            for (int i = 0; more.get(); i++) {
                                capture("person-" + i % 200 + "@example.org");
                            }
                        });
        try {
            awaitResults(500);
            assertThat(audit(null).differences()).isEmpty();
        } finally {
            more.set(false);
            load.join();
        }
    }

    @Test
    void whatWasTamperedWithIsFound() throws Exception {
        sendALife();
        awaitResults(5);
        String changelog = "decider-lead-lead-entities-v4-changelog";
        Map<String, LeadState> states = new HashMap<>();
        Map<String, Integer> partitions = new HashMap<>();
        log.read(changelog)
                .forEach(record -> {
                    states.put(record.key(), (LeadState) record.value());
                    partitions.put(record.key(), record.partition());
                });
        var wrong = LeadState.newBuilder(states.get(LEAD)).setStage("lost").build();
        producer.send(new ProducerRecord<>(changelog, partitions.get(LEAD), LEAD, wrong)).get();
        producer.send(new ProducerRecord<>(changelog, 0, "main_invented", wrong)).get();

        var report = audit(null);

        assertThat(report.holds()).isFalse();
        assertThat(report.differences())
                .containsOnlyKeys("entities " + LEAD, "entities main_invented")
                .containsEntry("entities " + LEAD, "differs in stage")
                .containsEntry("entities main_invented", "in the store, but not in the events");
    }
}
