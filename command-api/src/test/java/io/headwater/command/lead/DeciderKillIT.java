package io.headwater.command.lead;

import static io.headwater.schema.SampleEvents.submission;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.headwater.backends.Backend;
import io.headwater.backends.Backends;
import io.headwater.backends.TestBackends;
import io.headwater.command.TestLog;
import io.headwater.command.TestSchemas;
import io.headwater.events.EventMeta;
import io.headwater.events.command.CommandResult;
import io.headwater.events.lead.CaptureLead;
import io.headwater.events.lead.LeadCaptured;
import io.headwater.events.lead.Submission;
import io.headwater.schema.AvroSerde;
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
import java.util.stream.Collectors;
import java.util.stream.LongStream;
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

/// `kill -9` of the decider under load: every command still gets exactly one result, and the events
/// of every lead are there once, in order.
@SuppressWarnings("NullAway.Init")
class DeciderKillIT {

    private static final int COMMANDS = 12_000;
    private static final int PEOPLE = 3_000;
    private static final int SITES = 12;

    @TempDir private Path folder;
    private Backends backends;
    private TestLog log;
    private @Nullable Process decider;

    @BeforeEach
    void start() {
        backends = TestBackends.fresh();
        backends.start(Backend.KAFKA);
        Provisioner.provideTopics(backends.kafkaBootstrap(), 4, (short) 1);
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

    private List<CommandResult> results() {
        return log.values(Topics.COMMAND_RESULTS.name(), CommandResult.class);
    }

    private void awaitResults(int count) throws IOException {
        try {
            await().atMost(Duration.ofMinutes(5))
                    .pollInterval(Duration.ofSeconds(1))
                    .until(() -> results().size() >= count);
        } catch (ConditionTimeoutException late) {
            throw new AssertionError(
                    "%d commands, %d of %d results, decider alive: %s, its log: %s"
                            .formatted(
                                    log.read(Topics.LEAD_COMMANDS.name()).size(),
                                    results().size(),
                                    count,
                                    decider != null && decider.isAlive(),
                                    Files.readString(folder.resolve("decider.log"))),
                    late);
        }
    }

    @Test
    void everyCommandIsDecidedOnceWhateverDies() throws Exception {
        Set<String> ids = new HashSet<>();
        send(ids, COMMANDS);

        launch();
        awaitResults(1);
        kill();
        launch();
        awaitResults(COMMANDS / 4);
        kill();
        launch();
        awaitResults(COMMANDS);

        var answered =
                results().stream()
                        .collect(
                                Collectors.groupingBy(
                                        CommandResult::getCommandId, Collectors.counting()));
        assertThat(answered.keySet()).isEqualTo(ids);
        assertThat(answered.values()).containsOnly(1L);
        var events = log.read(Topics.LEAD_EVENTS.name());
        assertThat(events).hasSize(COMMANDS);
        assertSequencesAreWhole(events.stream().map(e -> meta(e.value())).toList());
        assertNobodyIsTwoLeads(
                events.stream()
                        .map(e -> e.value())
                        .filter(LeadCaptured.class::isInstance)
                        .map(LeadCaptured.class::cast)
                        .toList());
    }

    private static EventMeta meta(SpecificRecord event) {
        return (EventMeta) event.get(event.getSchema().getField("meta").pos());
    }

    private static void assertSequencesAreWhole(List<EventMeta> metas) {
        Map<String, List<Long>> sequences = new HashMap<>();
        for (var meta : metas) {
            sequences
                    .computeIfAbsent(meta.getAggregateId(), _ -> new ArrayList<>())
                    .add(meta.getSequence());
        }
        sequences.forEach((lead, numbers) ->
                assertThat(numbers)
                        .as(lead)
                        .isEqualTo(LongStream.rangeClosed(1, numbers.size()).boxed().toList()));
    }

    private static void assertNobodyIsTwoLeads(List<LeadCaptured> leads) {
        var people =
                leads.stream()
                        .map(lead -> lead.getSubmission())
                        .map(s -> s.getSiteId() + PersonalData.open(s.getEmail()))
                        .toList();
        assertThat(people).doesNotHaveDuplicates().hasSizeLessThanOrEqualTo(PEOPLE);
    }

    private void send(Set<String> ids, int count) throws Exception {
        var random = new Random(7);
        var sent = new ArrayList<Future<RecordMetadata>>();
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
                String site = "site-" + person % SITES;
                String id = new UUID(random.nextLong(), random.nextLong()).toString();
                ids.add(id);
                sent.add(
                        producer.send(
                                new ProducerRecord<>(
                                        Topics.LEAD_COMMANDS.name(),
                                        site,
                                        new CaptureLead(id, of(id, site, person), List.of()))));
            }
            for (var one : sent) {
                one.get();
            }
        }
    }

    private static Submission of(String id, String site, int person) {
        return submission()
                .setSubmissionId(id)
                .setSiteId(site)
                .setDedupKey(id)
                .setBodyHash(id)
                .setReceivedAt(Instant.now())
                .setEmail(PersonalData.sealed("person-" + person + "@example.org"))
                .setPhone(null)
                .build();
    }
}
