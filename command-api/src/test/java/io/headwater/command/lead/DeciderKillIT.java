package io.headwater.command.lead;

import static io.headwater.schema.SampleEvents.fact;
import static io.headwater.schema.SampleEvents.submission;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.headwater.backends.Backend;
import io.headwater.backends.Backends;
import io.headwater.backends.TestBackends;
import io.headwater.command.Kills;
import io.headwater.command.LeadInvariants;
import io.headwater.command.TestLog;
import io.headwater.command.TestSchemas;
import io.headwater.command.TestVaultKeys;
import io.headwater.command.platform.state.EventSource;
import io.headwater.command.platform.state.StateAudit;
import io.headwater.events.lead.CaptureLead;
import io.headwater.events.lead.ChangeLead;
import io.headwater.events.lead.ContactLead;
import io.headwater.events.lead.RecordFact;
import io.headwater.schema.AvroSerde;
import io.headwater.schema.Brokers;
import io.headwater.schema.PersonalData;
import io.headwater.schema.Provisioner;
import io.headwater.schema.Topics;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Future;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.StringSerializer;
import org.awaitility.core.ConditionTimeoutException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// `kill -9` of the decider under load: every command still gets exactly one result, the events of
/// every lead are there once and in order, and the store is what they say.
@SuppressWarnings("NullAway.Init")
class DeciderKillIT {

    private static final int COMMANDS_PER_KILL = 4_000;
    private static final int PEOPLE = 3_000;
    private static final int SITES = 12;
    private static final Duration RECOVERY = Duration.ofMinutes(5);

    @TempDir private Path folder;
    private Backends backends;
    private TestLog log;
    private @Nullable Process decider;

    @BeforeEach
    void start() {
        backends = TestBackends.fresh();
        backends.start(Backend.KAFKA);
        Provisioner.provideTopics(Brokers.at(backends.kafkaBootstrap()), 4, (short) 1);
        log = new TestLog(backends.kafkaBootstrap());
    }

    @AfterEach
    void stop() throws InterruptedException {
        kill();
        backends.close();
    }

    private void kill() throws InterruptedException {
        if (decider != null) {
            decider.destroyForcibly().waitFor();
        }
    }

    private void launch() throws IOException {
        decider =
                new ProcessBuilder(
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                "-Xmx256m",
                                "--enable-native-access=ALL-UNNAMED",
                                "-cp",
                                System.getProperty("java.class.path"),
                                DeciderProcess.class.getName(),
                                backends.kafkaBootstrap(),
                                folder.toString(),
                                "killed")
                        .redirectErrorStream(true)
                        .redirectOutput(
                                ProcessBuilder.Redirect.appendTo(
                                        folder.resolve("decider.log").toFile()))
                        .start();
    }

    private int results() {
        return log.read(Topics.COMMAND_RESULTS.name()).size();
    }

    private void awaitResults(int count) throws IOException {
        try {
            await().atMost(RECOVERY)
                    .pollInterval(Duration.ofMillis(200))
                    .until(() -> results() >= count);
        } catch (ConditionTimeoutException late) {
            throw new AssertionError(
                    "%d of %d results, decider alive: %s, its log: %s"
                            .formatted(
                                    results(),
                                    count,
                                    decider != null && decider.isAlive(),
                                    Files.readString(folder.resolve("decider.log"))),
                    late);
        }
    }

    @Test
    void everyCommandIsDecidedOnceWhateverDies() throws Exception {
        var kills = new Kills("DeciderKillIT");
        var sent = new Sent(new Random(kills.seed()));
        sent.send(COMMANDS_PER_KILL * (kills.count() + 1));

        launch();
        for (int kill = 0; kill < kills.count(); kill++) {
            awaitResults(results() + kills.after(1, COMMANDS_PER_KILL / 2));
            kill();
            assertThat(results()).as("commands undecided at the kill").isLessThan(sent.count());
            launch();
        }
        awaitResults(sent.count());

        var invariants = new LeadInvariants(log);
        invariants.requireOneResultPerCommand();
        invariants.requireWholeSequences();
        var counted = invariants.countEvents(event -> event.getSchema().getName());
        assertThat(
                        counted.getOrDefault("LeadCaptured", 0L)
                                + counted.getOrDefault("LeadResubmitted", 0L))
                .isEqualTo(sent.captures);
        assertThat(counted.get("FactRecorded")).isEqualTo(sent.facts);
        assertThat(counted.get("LeadContacted")).isEqualTo(sent.contacts);
        assertThat(invariants.people()).doesNotHaveDuplicates().hasSize(sent.leads.size());
        var history =
                LeadHistory.of(TestSchemas.ids(), Duration.ofHours(24), TestVaultKeys.names());
        var report =
                new StateAudit<>(
                                history,
                                EventSource.kafka(Brokers.at(backends.kafkaBootstrap())),
                                null)
                        .run(Duration.ofMinutes(1));
        assertThat(report.differences()).isEmpty();
        int leads = sent.leads.size();
        assertThat(report.stores()).containsEntry("entities", new StateAudit.Count(leads, leads));
    }

    /// Submissions, payments and calls of some people, and how many of each.
    private final class Sent {

        private final Random random;
        private final Map<Integer, String> leads = new HashMap<>();
        private final Set<String> ids = new HashSet<>();
        private long captures;
        private long facts;
        private long contacts;

        Sent(Random random) {
            this.random = random;
        }

        int count() {
            return ids.size();
        }

        void send(int count) throws Exception {
            var acknowledged = new ArrayList<Future<RecordMetadata>>();
            var serde = new AvroSerde<SpecificRecord>(TestSchemas.ids());
            Map<String, Object> settings =
                    Map.of(
                            ProducerConfig.BOOTSTRAP_SERVERS_CONFIG,
                            backends.kafkaBootstrap(),
                            ProducerConfig.LINGER_MS_CONFIG,
                            20);
            try (var producer = new KafkaProducer<>(settings, new StringSerializer(), serde)) {
                for (int i = 0; i < count; i++) {
                    int person = random.nextInt(PEOPLE);
                    String id = new UUID(random.nextLong(), random.nextLong()).toString();
                    ids.add(id);
                    acknowledged.add(
                            producer.send(
                                    new ProducerRecord<>(
                                            Topics.LEAD_COMMANDS.name(),
                                            site(person),
                                            command(id, person))));
                }
                for (var one : acknowledged) {
                    one.get();
                }
            }
        }

        private SpecificRecord command(String id, int person) {
            String lead = leads.get(person);
            int what = lead == null ? 0 : random.nextInt(4);
            return switch (what) {
                case 1 -> payment(id, person);
                case 2 -> contact(id, person, String.valueOf(lead));
                default -> capture(id, person);
            };
        }

        private CaptureLead capture(String id, int person) {
            captures++;
            leads.putIfAbsent(person, LeadDesk.leadId(site(person), id));
            var of =
                    submission()
                            .setSubmissionId(id)
                            .setSiteId(site(person))
                            .setDedupKey(id)
                            .setBodyHash(id)
                            .setReceivedAt(Instant.now())
                            .setEmail(PersonalData.of(email(person)))
                            .setPhone(null)
                            .build();
            return new CaptureLead(id, of, List.of());
        }

        private RecordFact payment(String id, int person) {
            facts++;
            var of =
                    fact().setFactId("stripe:" + id)
                            .setSiteId(site(person))
                            .setKind("payment_succeeded")
                            .setExternalRef(id)
                            .setAmountMinor(100L)
                            .setCurrency("EUR")
                            .setEmail(PersonalData.of(email(person)))
                            .build();
            return new RecordFact(id, of, List.of());
        }

        private ChangeLead contact(String id, int person, String lead) {
            contacts++;
            return ChangeLead.newBuilder()
                    .setCommandId(id)
                    .setSiteId(site(person))
                    .setLeadId(lead)
                    .setActor("user:zoe")
                    .setRequestedAt(Instant.now())
                    .setContact(new ContactLead("call", true))
                    .build();
        }

        private static String site(int person) {
            return "site-" + person % SITES;
        }

        private static String email(int person) {
            return "person-" + person + "@example.org";
        }
    }
}
