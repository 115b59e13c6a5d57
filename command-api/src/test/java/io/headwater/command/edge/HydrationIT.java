package io.headwater.command.edge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.headwater.backends.Backend;
import io.headwater.backends.TestBackends;
import io.headwater.command.CommandApi;
import io.headwater.command.TestLog;
import io.headwater.command.TestSchemas;
import io.headwater.command.intake.hydration.Hydrations;
import io.headwater.command.platform.directory.AccessDirectory;
import io.headwater.command.platform.kafka.IntakeLog;
import io.headwater.events.access.CreateSource;
import io.headwater.events.lead.LeadCaptured;
import io.headwater.events.lead.LeadResubmitted;
import io.headwater.events.lead.Submission;
import io.headwater.events.lead.SubmissionDuplicated;
import io.headwater.events.lead.SubmissionQuarantined;
import io.headwater.schema.PersonalData;
import io.headwater.schema.Provisioner;
import io.headwater.schema.SampleEvents;
import io.headwater.schema.Topics;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Leads that were only named, through the whole application on a real Kafka: whatever happens, one
/// outcome each.
@SuppressWarnings("NullAway.Init")
class HydrationIT {

    private static final Duration PATIENCE = Duration.ofSeconds(90);

    @TempDir private static Path folder;
    private static String bootstrap;
    private static EdgeServer app;
    private FakeProvider provider;
    private String sourceId;

    @BeforeAll
    static void start() {
        bootstrap = TestBackends.shared(Backend.KAFKA).kafkaBootstrap();
        Provisioner.provideTopics(bootstrap, 4, (short) 1);
        app = launch();
    }

    @AfterAll
    static void stop() {
        app.close();
    }

    private static EdgeServer launch() {
        var server =
                new EdgeServer(
                        new Class<?>[] {CommandApi.class, TestSchemas.class},
                        "--headwater.instance=hydration-1",
                        "--headwater.kafka.bootstrap-servers=" + bootstrap,
                        "--headwater.state-dir=" + folder,
                        "--headwater.kafka.append-limit=30s",
                        "--headwater.access.decision-wait=30s",
                        "--headwater.hydration.timeout=5s",
                        "--headwater.hydration.first-retry=100ms",
                        "--headwater.access.admin-api-key=hydration-admin");
        await().atMost(Duration.ofSeconds(180))
                .until(() -> server.call("GET", "/health").status() == 200);
        return server;
    }

    @BeforeEach
    void connect() {
        provider = new FakeProvider();
        sourceId = "src-" + UUID.randomUUID();
        append(
                new ProducerRecord<>(
                        Topics.ACCESS_COMMANDS.name(),
                        Topics.ACCESS_KEY,
                        CreateSource.newBuilder()
                                .setCommandId(UUID.randomUUID().toString())
                                .setSiteId("main")
                                .setSourceId(sourceId)
                                .setName("Page")
                                .setProvider("meta")
                                .setSecrets(List.of(PersonalData.sealed("app-secret")))
                                .setSecretIds(List.of("s1"))
                                .setOptions(Map.of("base_url", provider.base()))
                                .setSecretOptions(
                                        Map.of("access_token", PersonalData.sealed("token-1")))
                                .setRequestedAt(Instant.now())
                                .build()));
        await().atMost(PATIENCE)
                .until(() -> app.bean(AccessDirectory.class).source(sourceId).isPresent());
    }

    @AfterEach
    void disconnect() {
        provider.close();
    }

    private static void append(ProducerRecord<String, SpecificRecord> record) {
        app.bean(IntakeLog.class).append(List.of(record)).join();
    }

    private Submission named(String lead) {
        String event =
                """
                {"object":"page","entry":[{"id":"1","changes":[{"field":"leadgen",\
                "value":{"leadgen_id":"%s"}}]}]}\
                """
                        .formatted(lead);
        return SampleEvents.submission()
                .setSubmissionId(UUID.randomUUID().toString())
                .setSiteId("main")
                .setChannel("webhook")
                .setSourceId(sourceId)
                .setProvider("meta")
                .setEmail(null)
                .setPhone(null)
                .setVisitorId(null)
                .setExternalId(lead)
                .setDedupKey(lead)
                .setDedupKind("provider_id")
                .setReceivedAt(Instant.now().truncatedTo(ChronoUnit.MILLIS))
                .setPayload(PersonalData.sealed("{\"event\":" + event + ",\"hydrated\":null}"))
                .build();
    }

    private static String told(String email) {
        return "{\"id\":\"1\",\"field_data\":[{\"name\":\"email\",\"values\":[\"%s\"]}]}"
                .formatted(email);
    }

    private static String someone() {
        return UUID.randomUUID() + "@hydration.test";
    }

    /// Of one submission, by the name of their events.
    private static List<String> outcomes(Submission named) {
        var log = new TestLog(bootstrap);
        String topic = Topics.LEAD_EVENTS.name();
        return Stream.of(
                        log.values(topic, LeadCaptured.class).stream()
                                .map(event -> event.getSubmission()),
                        log.values(topic, LeadResubmitted.class).stream()
                                .map(event -> event.getSubmission()),
                        log.values(topic, SubmissionDuplicated.class).stream()
                                .map(event -> event.getSubmission()),
                        log.values(topic, SubmissionQuarantined.class).stream()
                                .map(event -> event.getSubmission()))
                .flatMap(submissions -> submissions)
                .map(Submission::getSubmissionId)
                .filter(named.getSubmissionId()::equals)
                .toList();
    }

    private static void settled(List<Submission> all) {
        await().atMost(PATIENCE)
                .untilAsserted(() ->
                        assertThat(all).allSatisfy(one -> assertThat(outcomes(one)).hasSize(1)));
    }

    @Test
    void aJobDoneTwiceHasOneOutcome() {
        provider.replies(200, told(someone()));
        Submission named = named("501");

        append(Hydrations.of(named));
        append(Hydrations.of(named));

        await().atMost(PATIENCE).until(() -> provider.calls.size() == 2);
        Submission last = named("502");
        append(Hydrations.of(last));
        settled(List.of(last, named));
    }

    @Test
    void twoNotificationsOfOneLeadAreOneLead() {
        provider.replies(200, told(someone()));
        Submission first = named("601");
        Submission second = named("601");

        append(Hydrations.of(first));
        settled(List.of(first));
        append(Hydrations.of(second));
        settled(List.of(second));

        assertThat(
                        new TestLog(bootstrap)
                                .values(Topics.LEAD_EVENTS.name(), SubmissionDuplicated.class))
                .extracting(event -> event.getSubmission().getSubmissionId())
                .contains(second.getSubmissionId());
    }

    @Test
    void anInstanceThatStopsMidwayLeavesNothingBehind() {
        List<Submission> all = IntStream.range(700, 720).mapToObj(i -> named("" + i)).toList();

        // nothing is answered: the jobs are in flight when the instance goes
        all.forEach(one -> append(Hydrations.of(one)));
        await().atMost(PATIENCE).until(() -> !provider.calls.isEmpty());
        app.close();
        assertThat(all).allSatisfy(one -> assertThat(outcomes(one)).isEmpty());
        provider.replies(500, "").replies(200, told(someone()));
        app = launch();

        settled(all);
    }
}
