package io.headwater.command.edge;

import static org.assertj.core.api.Assertions.assertThat;

import io.headwater.command.intake.hydration.Hydrations;
import io.headwater.command.platform.kafka.TopicJobs;
import io.headwater.events.intake.HydrateLead;
import io.headwater.events.lead.CaptureLead;
import io.headwater.events.lead.Submission;
import io.headwater.schema.PersonalData;
import io.headwater.schema.SampleEvents;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What becomes of leads that Meta only named, with its API on a real socket.
@SuppressWarnings("NullAway.Init")
class HydrationTest {

    private static final String TOKEN = "hw-page-token-0123456789";
    private static final String LEAD =
            """
            {"id":"90071992547409931","created_time":"2026-11-20T10:00:00+0000",
             "field_data":[{"name":"email","values":["zoe@example.test"]}]}\
            """;

    @RegisterExtension
    static final EdgeServer server = new EdgeServer("--headwater.hydration.timeout=1s");

    private FakeProvider provider;

    @BeforeEach
    void connect() {
        provider = new FakeProvider();
        source(Map.of("base_url", provider.base()), Map.of("access_token", TOKEN));
    }

    @AfterEach
    void disconnect() {
        provider.close();
    }

    private static void source(Map<String, String> options, Map<String, String> secret) {
        server.directory.put(FakeDirectory.source("m1", "meta", "app-secret-1", options, secret));
    }

    /// @param at when it was named
    private static HydrateLead named(String lead, Instant at) {
        String event =
                """
                {"object":"page","entry":[{"id":"1","changes":[{"field":"leadgen",\
                "value":{"leadgen_id":"%s"}}]}]}\
                """
                        .formatted(lead);
        Submission thin =
                SampleEvents.submission()
                        .setSiteId("lakeside")
                        .setChannel("webhook")
                        .setSourceId("m1")
                        .setProvider("meta")
                        .setEmail(null)
                        .setPhone(null)
                        .setVisitorId(null)
                        .setExternalId(lead)
                        .setDedupKey(lead)
                        .setDedupKind("provider_id")
                        .setReceivedAt(at)
                        .setProblem("no-identity")
                        .setPayload(PersonalData.of("{\"event\":" + event + ",\"hydrated\":null}"))
                        .build();
        return (HydrateLead) Hydrations.of(thin).value();
    }

    private static HydrateLead named(String lead) {
        return named(lead, Instant.now().truncatedTo(ChronoUnit.MILLIS));
    }

    private static void work(HydrateLead job) throws InterruptedException {
        server.log.clear();
        server.bean(TopicJobs.class).work(job);
    }

    private static Submission captured() {
        return server.log.of(CaptureLead.class).getFirst().getSubmission();
    }

    private static HydrateLead again() {
        return server.log.of(HydrateLead.class).getFirst();
    }

    private static Duration wait(HydrateLead job) {
        return Duration.between(Instant.now(), job.getDueAt());
    }

    @Test
    void whatNamesNobodyIsQuarantinedAndNotAskedForEver() throws InterruptedException {
        var job = named("1");
        var broken =
                Submission.newBuilder(job.getSubmission())
                        .setPayload(PersonalData.of("no json"))
                        .build();

        work(HydrateLead.newBuilder(job).setSubmission(broken).build());

        assertThat(captured().getProblem()).isEqualTo("hydration-failed");
    }

    @Test
    void whatTheProviderTellsBecomesTheSubmissionThatWasNamed() throws InterruptedException {
        provider.replies(200, LEAD);
        HydrateLead job = named("90071992547409931");

        work(job);

        Submission thin = job.getSubmission();
        assertThat(server.log.records).hasSize(1);
        assertThat(server.log.of(CaptureLead.class).getFirst().getCommandId())
                .isEqualTo(thin.getSubmissionId());
        assertThat(captured())
                .returns(thin.getSubmissionId(), Submission::getSubmissionId)
                .returns(thin.getReceiptId(), Submission::getReceiptId)
                .returns(thin.getReceivedAt(), Submission::getReceivedAt)
                .returns("90071992547409931", Submission::getDedupKey)
                .returns(null, Submission::getProblem);
        assertThat(PersonalData.open(captured().getEmail())).isEqualTo("zoe@example.test");
        assertThat(PersonalData.open(captured().getPayload()))
                .contains("zoe@example.test", "90071992547409931");
        assertThat(Hydrations.isThin(thin)).isTrue();
        assertThat(Hydrations.isThin(captured())).isFalse();
        assertThat(provider.calls)
                .singleElement()
                .satisfies(call -> {
                    assertThat(call.path()).startsWith("/v1/90071992547409931?fields=");
                    assertThat(call.authorization()).isEqualTo("Bearer " + TOKEN);
                });
    }

    @ParameterizedTest
    @CsvSource({"429, {}", "500, oops", "503, {}", "400, {\"error\":{\"code\":80005}}", "200, [1"})
    void whatMayPassIsAskedAgainLaterAndLater(int status, String body) throws InterruptedException {
        provider.replies(status, body);

        work(named("1"));

        assertThat(again().getAttempts()).isEqualTo(1);
        assertThat(wait(again())).isBetween(Duration.ofSeconds(3), Duration.ofSeconds(6));

        work(HydrateLead.newBuilder(named("1")).setAttempts(3).build());

        assertThat(again().getAttempts()).isEqualTo(4);
        assertThat(wait(again())).isBetween(Duration.ofSeconds(31), Duration.ofSeconds(48));
    }

    @Test
    void anOutageEndsInTheLead() throws InterruptedException {
        provider.replies(500, "").replies(200, LEAD);

        work(named("1"));
        HydrateLead due = HydrateLead.newBuilder(again()).setDueAt(Instant.now()).build();
        work(due);

        assertThat(PersonalData.open(captured().getEmail())).isEqualTo("zoe@example.test");
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aProviderSaysWhenToComeAgain(boolean date) throws InterruptedException {
        provider.replies(
                429,
                "",
                "Retry-After",
                date
                        ? DateTimeFormatter.RFC_1123_DATE_TIME.format(
                                Instant.now().plusSeconds(120).atOffset(ZoneOffset.UTC))
                        : "120");

        work(named("1"));

        assertThat(wait(again())).isCloseTo(Duration.ofMinutes(2), Duration.ofSeconds(20));
    }

    @Test
    void aSilentProviderIsAskedAgain() throws InterruptedException {
        work(named("1"));

        assertThat(again().getAttempts()).isEqualTo(1);
        assertThat(provider.calls).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(ints = {404, 410})
    void aLeadThatIsGoneIsQuarantinedWithItsIds(int status) throws InterruptedException {
        provider.replies(status, "");
        HydrateLead job = named("77");

        work(job);

        assertThat(server.log.of(CaptureLead.class).getFirst().getCommandId())
                .isEqualTo(job.getSubmission().getSubmissionId());
        assertThat(captured())
                .returns("hydration-failed", Submission::getProblem)
                .returns(
                        "The lead could not be fetched: the provider answered " + status + ".",
                        Submission::getProblemDetail)
                .returns("77", Submission::getExternalId);
        assertThat(Hydrations.isThin(captured())).isTrue();
    }

    /// A redirect would take the token elsewhere.
    @ParameterizedTest
    @CsvSource({"401, 6", "403, 6", "400, 6", "302, 6", "500, 72"})
    void whatDoesNotPassEndsInTheQuarantine(int status, int hours) throws InterruptedException {
        provider.replies(status, "", "Location", provider.base() + "/elsewhere");
        var patience = Duration.ofHours(hours);

        work(named("77", Instant.now().minus(patience).plusSeconds(60)));
        assertThat(again().getAttempts()).isEqualTo(1);

        work(named("77", Instant.now().minus(patience)));
        assertThat(captured().getProblem()).isEqualTo("hydration-failed");
        assertThat(provider.calls).noneMatch(call -> call.path().contains("elsewhere"));
    }

    @Test
    void withoutATokenNobodyIsAsked() throws InterruptedException {
        source(Map.of("base_url", provider.base()), Map.of());

        work(named("1"));

        assertThat(again().getAttempts()).isEqualTo(1);
        assertThat(provider.calls).isEmpty();
    }

    @Test
    void aRemovedSourceCannotAsk() throws InterruptedException {
        server.directory.remove("m1");

        work(named("1"));

        assertThat(captured().getProblem()).isEqualTo("hydration-failed");
    }

    @Test
    void aJobThatWaitsLongAsksNobody() throws InterruptedException {
        HydrateLead far =
                HydrateLead.newBuilder(named("1"))
                        .setDueAt(Instant.now().plus(Duration.ofHours(1)))
                        .build();
        var stopped = new AtomicBoolean();
        var worker =
                Thread.ofVirtual()
                        .start(() -> {
                            try {
                                server.bean(TopicJobs.class).work(far);
                            } catch (InterruptedException stop) {
                                stopped.set(true);
                            }
                        });

        worker.interrupt();
        worker.join();

        assertThat(stopped).isTrue();
        assertThat(server.log.records).isEmpty();
        assertThat(provider.calls).isEmpty();
    }
}
