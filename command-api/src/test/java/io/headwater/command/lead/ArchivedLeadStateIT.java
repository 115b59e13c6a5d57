package io.headwater.command.lead;

import static io.headwater.schema.SampleEvents.submission;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.headwater.archive.ArchiveEraser;
import io.headwater.archive.log.SourceLog.Range;
import io.headwater.backends.Backend;
import io.headwater.backends.Backends;
import io.headwater.backends.TestBackends;
import io.headwater.command.TestArchive;
import io.headwater.command.TestLog;
import io.headwater.command.TestSchemas;
import io.headwater.command.platform.axon.DeciderRunner;
import io.headwater.command.platform.kafka.CommittedLog;
import io.headwater.command.platform.state.EventSource;
import io.headwater.command.platform.state.StateAudit;
import io.headwater.command.platform.state.StateException;
import io.headwater.command.platform.state.StateRebuild;
import io.headwater.events.command.CommandResult;
import io.headwater.events.lead.CaptureLead;
import io.headwater.events.lead.ChangeLead;
import io.headwater.events.lead.LeadCaptured;
import io.headwater.events.lead.Submission;
import io.headwater.events.lead.WinLead;
import io.headwater.schema.AvroSerde;
import io.headwater.schema.PersonalData;
import io.headwater.schema.Provisioner;
import io.headwater.schema.Topics;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Kafka does not have the oldest events any more: what is made of them comes from the archive, and
/// goes on in Kafka exactly where that ends.
@SuppressWarnings("NullAway.Init")
class ArchivedLeadStateIT {

    private static final Duration LIMIT = Duration.ofMinutes(2);
    private static final int PARTITIONS = 3;
    private static final List<String> SITES = List.of("a", "b", "c", "d", "e", "f", "g");

    @TempDir private Path folder;
    private Backends backends;
    private TestLog log;
    private Admin admin;
    private TestArchive archive;
    private DeciderRunner decider;
    private KafkaProducer<String, SpecificRecord> producer;
    private CommittedLog results;
    private final AvroSerde<SpecificRecord> serde = new AvroSerde<>(TestSchemas.ids());
    private final List<Submission> captured = new ArrayList<>();
    private final Map<String, CommandResult> answers = new HashMap<>();

    @BeforeEach
    void start() {
        backends = TestBackends.fresh();
        backends.start(Backend.KAFKA);
        String bootstrap = backends.kafkaBootstrap();
        Provisioner.provideTopics(bootstrap, PARTITIONS, (short) 1);
        log = new TestLog(bootstrap);
        admin = Admin.create(Map.of(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrap));
        archive = new TestArchive(admin, bootstrap, Topics.LEAD_EVENTS.name());
        producer =
                new KafkaProducer<>(
                        Map.of(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrap),
                        new StringSerializer(),
                        serde);
        results =
                new CommittedLog(
                        bootstrap,
                        IntStream.range(0, PARTITIONS)
                                .mapToObj(one ->
                                        new TopicPartition(Topics.COMMAND_RESULTS.name(), one))
                                .toList());
        startDecider();
    }

    private void startDecider() {
        decider = DeciderProcess.runner(backends.kafkaBootstrap(), folder, "one");
        decider.start();
    }

    @AfterEach
    void stop() {
        producer.close();
        results.close();
        decider.stop();
        admin.close();
        backends.close();
    }

    @Test
    void storesComeBackFromTheArchiveAndThenFromKafka() throws Exception {
        lives();
        var archived = archive.write();
        lives();
        archive.cutTopic(middles(archived));
        decider.stop();

        // Kafka alone cannot tell any more
        assertThatThrownBy(() -> audit(EventSource.kafka(backends.kafkaBootstrap())))
                .isInstanceOf(StateException.class)
                .hasMessageContaining("S3_ENDPOINT");
        assertThatThrownBy(() -> rebuild(EventSource.kafka(backends.kafkaBootstrap())))
                .isInstanceOf(StateException.class)
                .hasMessageContaining("Kafka does not have all events any more");
        assertThat(audit(withArchive()).differences()).isEmpty();
        long events = audit(withArchive()).events();
        assertThat(events).isGreaterThan(captured.size());

        destroy();
        assertThat(audit(withArchive()).differences())
                .hasSizeGreaterThan(captured.size())
                .containsValue("in the events, but not in the store");
        stoppedHalfWay();
        var said = new ArrayList<String>();
        var outcome = rebuild(withArchive(), said::add);

        assertThat(said)
                .filteredOn(line -> line.contains("from the archive up to offset"))
                .hasSize(PARTITIONS);
        assertThat(outcome.broken()).isEmpty();
        var report = audit(withArchive());
        assertThat(report.differences()).isEmpty();
        assertThat(report.events()).isEqualTo(events);

        // the archive has all of it by now, Kafka nothing
        var all = archive.write();
        archive.cutTopic(
                all.entrySet().stream()
                        .collect(Collectors.toMap(Map.Entry::getKey, one -> one.getValue().end())));
        destroy();
        assertThat(rebuild(withArchive()).broken()).isEmpty();
        assertThat(audit(withArchive()).differences()).isEmpty();

        startDecider();
        for (var known : captured) {
            assertThat(capture(again(known)).getValues())
                    .containsEntry("duplicate_of", known.getSubmissionId());
        }
        assertThat(audit(withArchive()).differences()).isEmpty();
    }

    @Test
    void eventsThatAreGoneAreNamedBeforeAnythingIsTouched() throws Exception {
        lives();
        var archived = archive.write();
        // of a lead that goes on in the next range
        var born =
                log.read(Topics.LEAD_EVENTS.name()).stream()
                        .filter(record -> record.value() instanceof LeadCaptured)
                        .filter(record -> record.offset() > 5)
                        .findFirst()
                        .orElseThrow();
        var hit = new TopicPartition(born.topic(), born.partition());
        var erased = archive.rangeAt(hit, born.offset());
        archive.cutTopic(middles(archived));
        new ArchiveEraser(archive.bucket).erase(hit, erased.first(), "asked for", Instant.EPOCH);
        decider.stop();

        String where = "%s %d … %d: asked for".formatted(hit, erased.first(), erased.last());
        assertThatThrownBy(() -> audit(withArchive()))
                .isInstanceOf(StateException.class)
                .hasMessageContaining(where);
        assertThatThrownBy(() -> rebuild(withArchive()))
                .isInstanceOf(StateException.class)
                .hasMessageContaining(where)
                .hasMessageContaining("--with-gaps");
        startDecider();
        assertThat(capture(again(captured.getFirst())).getOutcome()).isEqualTo("duplicate");
        decider.stop();

        var withGaps = new EventSource(backends.kafkaBootstrap(), archive.bucket, true);
        var outcome = rebuild(withGaps);

        assertThat(outcome.broken()).isNotEmpty();
        assertThat(audit(withGaps).differences().keySet())
                .allMatch(name -> name.startsWith("events "))
                .hasSameSizeAs(outcome.broken().keySet());
    }

    /// The store goes away while events are folded; what was begun does not count.
    private void stoppedHalfWay() {
        assertThatThrownBy(() ->
                        rebuild(
                                withArchive(),
                                line -> archive.bucket.away |= line.contains("from the archive")))
                .isInstanceOf(StateException.class)
                .hasRootCauseMessage("the store is away");
        assertThatThrownBy(() -> rebuild(withArchive())).isInstanceOf(KafkaException.class);
        archive.bucket.away = false;
    }

    private EventSource withArchive() {
        return new EventSource(backends.kafkaBootstrap(), archive.bucket, false);
    }

    private StateAudit.Report audit(EventSource source) {
        var history = LeadHistory.of(TestSchemas.ids(), Duration.ofHours(24));
        return new StateAudit<>(history, source, null).run(LIMIT);
    }

    private StateRebuild.Outcome rebuild(EventSource source) {
        return rebuild(source, System.out::println);
    }

    private StateRebuild.Outcome rebuild(EventSource source, Consumer<String> progress) {
        var history = LeadHistory.of(TestSchemas.ids(), Duration.ofHours(24));
        return new StateRebuild(history, source, folder.resolve("work"), progress).run();
    }

    private void destroy() throws Exception {
        var changelogs =
                admin.listTopics().names().get().stream()
                        .filter(name -> name.startsWith("decider-lead-"))
                        .toList();
        assertThat(changelogs).isNotEmpty();
        admin.deleteTopics(changelogs).all().get();
        await().atMost(LIMIT)
                .until(() ->
                        admin.listTopics().names().get().stream()
                                .noneMatch(name -> name.startsWith("decider-lead-")));
    }

    /// Each site gets leads, and they get on.
    private void lives() {
        var commands = new LinkedHashMap<String, SpecificRecord>();
        for (String site : SITES) {
            for (int i = 0; i < 4; i++) {
                var of = submissionOf(site);
                captured.add(of);
                commands.put(of.getSubmissionId(), captureOf(of));
                var duplicate = again(of);
                commands.put(duplicate.getSubmissionId(), captureOf(duplicate));
                var won =
                        LeadDriver.change(LeadDesk.leadId(site, of.getSubmissionId()))
                                .setSiteId(site)
                                .setRequestedAt(Instant.now())
                                .setWin(new WinLead(100L, "EUR", null))
                                .build();
                commands.put(won.getCommandId(), won);
            }
        }
        commands.values().forEach(this::send);
        commands.keySet().forEach(id -> assertThat(answer(id).getAccepted()).isTrue());
    }

    private static Submission submissionOf(String site) {
        String id = UUID.randomUUID().toString();
        return submission()
                .setSiteId(site)
                .setSubmissionId(id)
                .setDedupKey(id)
                .setBodyHash(id)
                .setReceivedAt(Instant.now())
                .setEmail(PersonalData.sealed(id + "@example.org"))
                .setPhone(null)
                .setVisitorId(null)
                .build();
    }

    private static Submission again(Submission first) {
        return Submission.newBuilder(first).setSubmissionId(UUID.randomUUID().toString()).build();
    }

    private static SpecificRecord captureOf(Submission submission) {
        return new CaptureLead(submission.getSubmissionId(), submission, List.of());
    }

    private CommandResult capture(Submission submission) {
        send(captureOf(submission));
        return answer(submission.getSubmissionId());
    }

    private void send(SpecificRecord command) {
        String site =
                command instanceof CaptureLead capture
                        ? capture.getSubmission().getSiteId()
                        : ((ChangeLead) command).getSiteId();
        try {
            producer.send(new ProducerRecord<>(Topics.LEAD_COMMANDS.name(), site, command)).get();
        } catch (InterruptedException | ExecutionException failed) {
            throw new IllegalStateException(failed);
        }
    }

    private CommandResult answer(String id) {
        await().atMost(LIMIT)
                .pollInterval(Duration.ofMillis(20))
                .until(() -> {
                    results.read(record ->
                            answers.put(
                                    record.key(),
                                    (CommandResult)
                                            serde.deserialize(record.topic(), record.value())));
                    return answers.containsKey(id);
                });
        return Objects.requireNonNull(answers.get(id));
    }

    /// Not where a range of the archive ends.
    private static Map<TopicPartition, Long> middles(Map<TopicPartition, Range> ranges) {
        var middles = new HashMap<TopicPartition, Long>();
        ranges.forEach((partition, range) -> middles.put(partition, range.end() / 2 + 1));
        assertThat(middles.values()).allMatch(offset -> offset > 10);
        return middles;
    }
}
