package io.headwater.command.edge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.headwater.command.WholeApi;
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
import io.headwater.schema.SampleEvents;
import io.headwater.schema.Topics;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.IntStream;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/// Leads that were only named, through the whole application on a real Kafka: whatever happens, one
/// outcome each.
@SuppressWarnings("NullAway.Init")
@ExtendWith(WholeApi.class)
class HydrationIT {

    private static final Duration PATIENCE = Duration.ofSeconds(90);

    private static EdgeServer app;
    private FakeProvider provider;
    private String sourceId;

    @BeforeAll
    static void start() {
        app = EdgeServer.whole();
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
                                .setSecrets(List.of(PersonalData.of("app-secret")))
                                .setSecretIds(List.of("s1"))
                                .setOptions(Map.of("base_url", provider.base()))
                                .setSecretOptions(
                                        Map.of("access_token", PersonalData.of("token-1")))
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
                .setPayload(PersonalData.of("{\"event\":" + event + ",\"hydrated\":null}"))
                .build();
    }

    private static String told(String email) {
        return "{\"id\":\"1\",\"field_data\":[{\"name\":\"email\",\"values\":[\"%s\"]}]}"
                .formatted(email);
    }

    private static String someone() {
        return UUID.randomUUID() + "@hydration.test";
    }

    /// Submissions that something became of, as often as it did: each is looked up in one reading.
    private static List<String> outcomes() {
        return WholeApi.log().read(Topics.LEAD_EVENTS.name()).stream()
                .map(record ->
                        switch (record.value()) {
                            case LeadCaptured event -> event.getSubmission();
                            case LeadResubmitted event -> event.getSubmission();
                            case SubmissionDuplicated event -> event.getSubmission();
                            case SubmissionQuarantined event -> event.getSubmission();
                            default -> null;
                        })
                .filter(Objects::nonNull)
                .map(Submission::getSubmissionId)
                .toList();
    }

    private static List<String> ids(List<Submission> all) {
        return all.stream().map(Submission::getSubmissionId).toList();
    }

    private static void settled(List<Submission> all) {
        var wanted = ids(all);
        await().atMost(PATIENCE)
                .untilAsserted(() ->
                        assertThat(outcomes())
                                .filteredOn(wanted::contains)
                                .containsExactlyInAnyOrderElementsOf(wanted));
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

        assertThat(WholeApi.log().values(Topics.LEAD_EVENTS.name(), SubmissionDuplicated.class))
                .extracting(event -> event.getSubmission().getSubmissionId())
                .contains(second.getSubmissionId());
    }

    @Test
    void anInstanceThatStopsMidwayLeavesNothingBehind() {
        List<Submission> all = IntStream.range(700, 720).mapToObj(i -> named("" + i)).toList();

        // nothing is answered: the jobs are in flight when the instance goes
        all.forEach(one -> append(Hydrations.of(one)));
        await().atMost(PATIENCE).until(() -> !provider.calls.isEmpty());
        WholeApi.stop();
        assertThat(outcomes()).doesNotContainAnyElementsOf(ids(all));
        provider.replies(500, "").replies(200, told(someone()));
        app = EdgeServer.whole();

        settled(all);
    }
}
