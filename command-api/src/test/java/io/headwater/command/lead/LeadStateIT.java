package io.headwater.command.lead;

import static io.headwater.schema.SampleEvents.SITE;
import static io.headwater.schema.SampleEvents.fact;
import static io.headwater.schema.SampleEvents.submission;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.headwater.backends.Backend;
import io.headwater.backends.Backends;
import io.headwater.backends.TestBackends;
import io.headwater.command.Kills;
import io.headwater.command.LeadInvariants;
import io.headwater.command.TestLog;
import io.headwater.command.TestSchemas;
import io.headwater.command.platform.axon.DeciderRunner;
import io.headwater.command.platform.kafka.CommittedLog;
import io.headwater.command.platform.state.StateAudit;
import io.headwater.command.platform.state.StateException;
import io.headwater.events.command.CommandResult;
import io.headwater.events.lead.CaptureLead;
import io.headwater.events.lead.ChangeAppointment;
import io.headwater.events.lead.ChangeLead;
import io.headwater.events.lead.EditSubmission;
import io.headwater.events.lead.FactAttributed;
import io.headwater.events.lead.FactRecorded;
import io.headwater.events.lead.MergeLead;
import io.headwater.events.lead.RecordFact;
import io.headwater.events.lead.RejectSubmission;
import io.headwater.events.lead.ReleaseSubmission;
import io.headwater.events.lead.Submission;
import io.headwater.events.lead.WinLead;
import io.headwater.schema.AvroSerde;
import io.headwater.schema.PersonalData;
import io.headwater.schema.Provisioner;
import io.headwater.schema.Topics;
import io.headwater.state.IdentityState;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The stores of the lead decider are destroyed and made anew from its events; it then decides as
/// if nothing had been.
@SuppressWarnings("NullAway.Init")
class LeadStateIT {

    private static final int PARTITIONS = 2;
    private static final Duration LIMIT = Duration.ofMinutes(2);
    private static final String CHANGELOG = "decider-lead-lead-%s-v2-changelog";

    @TempDir private Path folder;
    private Backends backends;
    private TestLog log;
    private Admin admin;
    private DeciderRunner decider;
    private CommittedLog results;
    private final Map<String, List<CommandResult>> answers = new HashMap<>();
    private final AvroSerde<SpecificRecord> serde = new AvroSerde<>(TestSchemas.ids());
    private KafkaProducer<String, SpecificRecord> producer;

    @BeforeEach
    void start() {
        backends = TestBackends.fresh();
        backends.start(Backend.KAFKA);
        String bootstrap = backends.kafkaBootstrap();
        Provisioner.provideTopics(bootstrap, PARTITIONS, (short) 1);
        log = new TestLog(bootstrap);
        admin = Admin.create(Map.of(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrap));
        producer =
                new KafkaProducer<>(
                        Map.of(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrap),
                        new StringSerializer(),
                        serde);
        results = new CommittedLog(bootstrap, partitions(Topics.COMMAND_RESULTS.name()));
        startDecider();
    }

    private static List<TopicPartition> partitions(String topic) {
        return IntStream.range(0, PARTITIONS)
                .mapToObj(partition -> new TopicPartition(topic, partition))
                .toList();
    }

    /// Always on the same files.
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

    // --- commands and their answers

    private CommandResult ask(String id, SpecificRecord command) {
        int before = answers(id).size();
        send(command);
        await().atMost(LIMIT)
                .pollInterval(Duration.ofMillis(20))
                .until(() -> answers(id).size() > before);
        return answers(id).getLast();
    }

    private List<CommandResult> answers(String id) {
        results.read(record -> {
            var result = (CommandResult) serde.deserialize(record.topic(), record.value());
            answers.computeIfAbsent(record.key(), _ -> new ArrayList<>()).add(result);
        });
        return answers.getOrDefault(id, List.of());
    }

    private void send(SpecificRecord command) {
        try {
            producer.send(new ProducerRecord<>(Topics.LEAD_COMMANDS.name(), SITE, command)).get();
        } catch (InterruptedException | ExecutionException failed) {
            throw new IllegalStateException(failed);
        }
    }

    private long events() {
        return log.read(Topics.LEAD_EVENTS.name()).size();
    }

    private static Submission.Builder of(String email) {
        String id = UUID.randomUUID().toString();
        return submission()
                .setSubmissionId(id)
                .setDedupKey(id)
                .setBodyHash(id)
                .setReceivedAt(Instant.now())
                .setEmail(PersonalData.sealed(email))
                .setPhone(null)
                .setVisitorId(null);
    }

    private CommandResult capture(Submission submission) {
        String id = submission.getSubmissionId();
        return ask(id, new CaptureLead(id, submission, List.of()));
    }

    private CommandResult change(ChangeLead.Builder change) {
        var command = change.setRequestedAt(Instant.now()).build();
        return ask(command.getCommandId(), command);
    }

    private CommandResult release(String submissionId) {
        String id = UUID.randomUUID().toString();
        return ask(
                id,
                ReleaseSubmission.newBuilder()
                        .setCommandId(id)
                        .setSiteId(SITE)
                        .setSubmissionId(submissionId)
                        .setActor("user:anna")
                        .setRequestedAt(Instant.now())
                        .build());
    }

    private CommandResult payment(String factId, String email) {
        String id = UUID.randomUUID().toString();
        var paid =
                fact().setFactId(factId)
                        .setKind("payment_succeeded")
                        .setExternalRef(factId)
                        .setAmountMinor(100L)
                        .setCurrency("EUR")
                        .setEmail(PersonalData.sealed(email))
                        .build();
        return ask(id, new RecordFact(id, paid, List.of()));
    }

    /// What was decided before the stores were destroyed, to be asked for again.
    private final class Before {

        private final Submission zoe = of("zoe@example.org").build();
        private final String lead = LeadDesk.leadId(SITE, zoe.getSubmissionId());
        private final Submission ann = of("ann@example.org").build();
        private final String merged = LeadDesk.leadId(SITE, ann.getSubmissionId());
        private final Submission waiting = broken("waits@example.org");
        private final ChangeLead refused =
                LeadDriver.change(lead).setWin(new WinLead(1L, "EUR", null)).build();

        Before() {
            payment("stripe:early", "zoe@example.org");
            payment("stripe:nobody", "nobody@example.org");
            assertThat(capture(zoe).getOutcome()).isEqualTo("accepted");
            assertThat(capture(again(zoe)).getOutcome()).isEqualTo("duplicate");
            capture(of("zoe@example.org").build());
            capture(ann);
            change(
                    LeadDriver.change(lead)
                            .setAppointment(
                                    ChangeAppointment.newBuilder()
                                            .setChange("booked")
                                            .setRef("visit-1")
                                            .build()));
            change(LeadDriver.change(lead).setWin(new WinLead(5000L, "EUR", null)));
            change(LeadDriver.change(merged).setMerge(new MergeLead(lead, null)));
            assertThat(ask(refused.getCommandId(), refused).getCode()).isEqualTo("already-won");
            quarantine();
        }

        private void quarantine() {
            assertThat(capture(waiting).getOutcome()).isEqualTo("quarantined");
            var mended = broken("mended@example.org");
            capture(mended);
            String edit = UUID.randomUUID().toString();
            ask(
                    edit,
                    EditSubmission.newBuilder()
                            .setCommandId(edit)
                            .setSiteId(SITE)
                            .setSubmissionId(mended.getSubmissionId())
                            .setAfter(
                                    Submission.newBuilder(mended)
                                            .setProblem(null)
                                            .setProblemDetail(null)
                                            .setTimeToSubmitSeconds(2.5)
                                            .build())
                            .setActor("user:anna")
                            .setRequestedAt(Instant.now())
                            .build());
            assertThat(release(mended.getSubmissionId()).getOutcome()).isEqualTo("accepted");
            var spam = broken("spam@example.org");
            capture(spam);
            String reject = UUID.randomUUID().toString();
            ask(
                    reject,
                    RejectSubmission.newBuilder()
                            .setCommandId(reject)
                            .setSiteId(SITE)
                            .setSubmissionId(spam.getSubmissionId())
                            .setReasonCode("spam")
                            .setActor("user:anna")
                            .setRequestedAt(Instant.now())
                            .build());
        }

        private static Submission broken(String email) {
            return of(email)
                    .setChannel("webhook")
                    .setSourceId("ads")
                    .setDedupKind("provider_id")
                    .setProblem("invalid-phone")
                    .setProblemDetail("It is odd.")
                    .build();
        }

        private static Submission again(Submission first) {
            return Submission.newBuilder(first)
                    .setSubmissionId(UUID.randomUUID().toString())
                    .build();
        }

        /// Nothing of this makes an event: all of it was decided before.
        void requireRemembered(String when) {
            long events = events();
            var first =
                    ask(
                            zoe.getSubmissionId(),
                            new CaptureLead(zoe.getSubmissionId(), zoe, List.of()));
            assertThat(first.getOutcome()).as(when).isEqualTo("accepted");
            assertThat(first.getAggregateId()).isEqualTo(lead);
            assertThat(first.getValues()).containsEntry("created", "true");
            assertThat(payment("stripe:early", "zoe@example.org").getOutcome())
                    .isEqualTo("duplicate");
            var stale =
                    LeadDriver.change(lead)
                            .setExpectedVersion(2L)
                            .setWin(new WinLead(1L, "EUR", null));
            assertThat(change(stale).getCode()).as(when).isEqualTo("version-conflict");
            assertThat(events()).as("events, %s", when).isEqualTo(events);
        }

        /// Decided by what the stores hold.
        void requireRules() {
            assertThat(capture(again(zoe)).getValues())
                    .containsEntry("duplicate_of", zoe.getSubmissionId())
                    .containsEntry("first_outcome", "accepted");
            assertThat(payment("stripe:" + UUID.randomUUID(), "ann@example.org").getAggregateId())
                    .as("facts of a merged lead are the survivor's")
                    .isEqualTo(lead);
            var nobody = capture(of("nobody@example.org").build());
            assertThat(log.values(Topics.LEAD_EVENTS.name(), FactAttributed.class))
                    .as("what waited finds its lead")
                    .anyMatch(event ->
                            event.getLeadId().equals(nobody.getAggregateId())
                                    && event.getFactId().equals("stripe:nobody"));
        }
    }

    // --- destroying and making anew

    private StateAudit.Report audit() {
        var history = LeadHistory.of(TestSchemas.ids(), Duration.ofHours(24));
        return new StateAudit<>(history, backends.kafkaBootstrap(), null).run(LIMIT);
    }

    private void destroy() throws Exception {
        admin.deleteTopics(List.of(CHANGELOG.formatted("entities"), CHANGELOG.formatted("waiting")))
                .all()
                .get();
        var identities = CHANGELOG.formatted("identities");
        for (var record : log.read(identities)) {
            producer.send(
                            new ProducerRecord<>(
                                    identities,
                                    record.partition(),
                                    record.key(),
                                    new IdentityState("main_other")))
                    .get();
        }
    }

    private void forgetCommandsAndResults() throws Exception {
        for (String topic : List.of(Topics.LEAD_COMMANDS.name(), Topics.COMMAND_RESULTS.name())) {
            var all =
                    partitions(topic).stream()
                            .collect(Collectors.toMap(one -> one, _ -> OffsetSpec.latest()));
            var ends = new HashMap<TopicPartition, RecordsToDelete>();
            admin.listOffsets(all)
                    .all()
                    .get()
                    .forEach((partition, end) ->
                            ends.put(partition, RecordsToDelete.beforeOffset(end.offset())));
            admin.deleteRecords(ends).all().get();
        }
    }

    @Test
    void destroyedStoresComeBackFromTheEventsWhateverDiesMeanwhile() throws Exception {
        var before = new Before();
        assertThat(audit().differences()).isEmpty();
        var rebuild = RebuildProcess.rebuild(backends.kafkaBootstrap(), folder.resolve("work"));
        assertThatThrownBy(rebuild::run)
                .isInstanceOf(StateException.class)
                .hasMessageContaining("the lead decider runs");
        decider.stop();
        destroy();
        assertThat(audit().differences())
                .containsEntry("entities " + before.lead, "in the events, but not in the store")
                .containsValue("differs in lead_id");
        killHalfWay();
        // waits for its stores by itself: else the rebuild would be refused
        startDecider();

        var outcome = rebuild.run();

        assertThat(outcome.broken()).isEmpty();
        assertThat(outcome.results()).isGreaterThan(15);
        assertThat(audit().differences()).isEmpty();
        before.requireRemembered("results are there");
        assertThat(ask(before.refused.getCommandId(), before.refused).getCode())
                .as("a refusal without an event, from the topic of results")
                .isEqualTo("already-won");
        before.requireRules();

        decider.stop();
        forgetCommandsAndResults();
        assertThat(rebuild.run().results()).isZero();
        startDecider();

        before.requireRemembered("from events alone");
        assertThat(release(before.waiting.getSubmissionId()).getCode()).isEqualTo("invalid-phone");
        assertThat(audit().differences()).isEmpty();
        new LeadInvariants(log).requireWholeSequences();
        assertThat(log.values(Topics.LEAD_EVENTS.name(), FactRecorded.class))
                .extracting(event -> event.getFact().getFactId())
                .doesNotHaveDuplicates();
    }

    /// `kill -9` at steps of a rebuild, each run beginning where the one before was ended; the last
    /// one leaves half a state.
    private void killHalfWay() throws Exception {
        var kills = new Kills("LeadStateIT");
        var steps = List.of("folded", "results", "deleted");
        for (int kill = 0; kill < kills.count(); kill++) {
            String step = steps.get(kill % steps.size());
            // early enough for the mark to be there still
            killAfter(step, Duration.ofMillis(step.equals("deleted") ? 0 : kills.after(0, 300)));
        }
        if (kills.count() % steps.size() != 0) {
            killAfter("deleted", Duration.ZERO);
        }
    }

    /// @param wait after the line of the step
    private void killAfter(String step, Duration wait) throws Exception {
        var process =
                new ProcessBuilder(
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                "-Xmx256m",
                                "--enable-native-access=ALL-UNNAMED",
                                "-cp",
                                System.getProperty("java.class.path"),
                                RebuildProcess.class.getName(),
                                backends.kafkaBootstrap(),
                                folder.resolve("work").toString())
                        .redirectError(ProcessBuilder.Redirect.DISCARD)
                        .start();
        try (var lines =
                new BufferedReader(
                        new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (line.contains(step)) {
                    break;
                }
            }
            process.waitFor(wait.toMillis(), TimeUnit.MILLISECONDS);
        } finally {
            process.destroyForcibly().waitFor();
        }
    }
}
