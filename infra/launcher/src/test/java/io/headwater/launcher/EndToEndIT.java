package io.headwater.launcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.minio.ListObjectsArgs;
import io.minio.MinioClient;
import java.nio.file.Files;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.awaitility.core.ThrowingRunnable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/// From the outside to the outside: what providers and pages send, and what the dashboard reads.
class EndToEndIT {

    private static final Duration SOON = Duration.ofSeconds(90);

    private static final Caller caller = new Caller();
    private static LaunchedPlatform platform;
    private static TestSite site;

    @BeforeAll
    static void up() {
        platform = LaunchedPlatform.shared();
        site = TestSite.make(caller, platform, "shop");
    }

    @ParameterizedTest
    @ValueSource(strings = {"google-ads", "typeform", "generic"})
    void aProvidersLeadAppearsOnceHoweverOftenItIsDelivered(String provider) {
        // given
        String email = email(provider);
        var delivery = Fixture.of(site, provider, "once-" + provider, email);
        var source = site.source(provider);

        // when
        assertThat(delivery.deliver(caller, source).status()).isEqualTo(200);
        assertThat(delivery.deliver(caller, source).status()).isEqualTo(200);

        // then
        soon(() -> {
            assertThat(leads(email)).hasSize(1);
            assertThat(submissions("duplicate", source, email)).isEqualTo(1);
            assertThat(submissions("accepted", source, email)).isEqualTo(1);
            var lead = lead(email);
            assertThat(lead.path("provider").asString()).isEqualTo(provider);
            assertThat(lead.path("submissions").asInt()).isEqualTo(1);
        });
    }

    @Test
    void anAppointmentWaitsForItsLead() {
        // given
        String email = email("calendly");
        var delivery = Fixture.of(site, "calendly", "INVITEE1", email);
        var source = site.source("calendly");

        // when
        assertThat(delivery.deliver(caller, source).status()).isEqualTo(200);
        assertThat(delivery.deliver(caller, source).status()).isEqualTo(200);

        // then
        soon(() -> assertThat(facts("calendly")).hasSize(1));
        assertThat(facts("calendly").getFirst().path("lead_id").isNull()).isTrue();

        // when
        site.capture("{\"email\":\"%s\"}".formatted(email));

        // then
        soon(() -> {
            assertThat(facts("calendly").getFirst().path("lead_id").asString(""))
                    .startsWith(site.id() + "_");
            assertThat(lead(email).path("facts").asInt()).isEqualTo(1);
        });
    }

    @Test
    void aPaymentFindsItsLead() {
        // given
        String email = email("stripe");
        String lead =
                site.capture("{\"email\":\"%s\"}".formatted(email))
                        .json()
                        .path("lead_id")
                        .asString();
        var delivery = Fixture.of(site, "stripe", "1Pay", email);
        var source = site.source("stripe");

        // when
        assertThat(delivery.deliver(caller, source).status()).isEqualTo(200);
        assertThat(delivery.deliver(caller, source).status()).isEqualTo(200);

        // then
        soon(() -> {
            assertThat(facts("stripe")).hasSize(1);
            var fact = facts("stripe").getFirst();
            assertThat(fact.path("lead_id").asString()).isEqualTo(lead);
            assertThat(fact.path("amount_minor").asLong()).isEqualTo(125_050);
            assertThat(fact.path("currency").asString()).isEqualTo("EUR");
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"google-ads", "typeform", "calendly", "stripe", "generic"})
    void aForgedDeliveryLeavesNothingBehind(String provider) {
        // given
        String email = email("forged-" + provider);
        var source = site.source(provider);

        // when
        var answer = Fixture.of(site, provider, "forged-" + provider, email).forge(caller, source);

        // then
        assertThat(answer.status()).isEqualTo(401);
        assertThat(answer.type()).startsWith("application/problem+json");
        assertThat(answer.json().path("type").asString()).isEqualTo("/problems/invalid-signature");
        String after = email("after-" + provider);
        site.capture("{\"email\":\"%s\"}".formatted(after));
        soon(() -> assertThat(leads(after)).hasSize(1));
        assertThat(leads(email)).isEmpty();
        assertThat(facts(provider)).noneMatch(fact -> fact.toString().contains(email));
    }

    @ParameterizedTest
    @CsvSource({
        "5, 0, 0, 0, 0, Cold",
        "60, 50, 3, 0, 24, Warm",
        "180, 80, 10, 0, 52, Hot",
        "300, 100, 15, 2, 85, Very Hot"
    })
    void thePublishedEngagementExamplesComeOutExactly(
            int seconds, int scroll, int clicks, int returns, int score, String label) {
        // given
        String fingerprint = "engagement-" + score;
        for (int i = 0; i < returns; i++) {
            start(fingerprint);
        }

        // when
        var visit = visit(fingerprint, seconds, scroll, clicks);

        // then
        soon(() -> {
            var row = session(visit);
            assertThat(row.path("duration_seconds").asLong()).isEqualTo(seconds);
            assertThat(row.path("max_scroll_percent").asDouble()).isEqualTo(scroll);
            assertThat(row.path("clicks").asInt()).isEqualTo(clicks);
            assertThat(row.path("return_visits").asInt()).isEqualTo(returns);
            assertThat(row.path("engagement_score").asInt()).isEqualTo(score);
            assertThat(row.path("engagement_label").asString()).isEqualTo(label);
        });
    }

    @Test
    void aLeadCarriesTheEngagementOfItsSession() {
        // given
        var visit = visit("scored", 180, 80, 10);
        String email = email("scored");

        // when
        site.capture(
                "{\"email\":\"%s\",\"visitor_id\":\"%s\",\"session_id\":\"%s\"}"
                        .formatted(
                                email,
                                visit.path("visitor_id").asString(),
                                visit.path("session_id").asString()));

        // then
        soon(() -> {
            var lead = lead(email);
            assertThat(lead.path("engagement_score").asInt(-1)).isEqualTo(52);
            assertThat(lead.path("engagement_label").asString("")).isEqualTo("Hot");
            var detail = site.read("/analytics/leads/" + lead.path("lead_id").asString());
            assertThat(detail.path("session_duration_seconds").asLong()).isEqualTo(180);
            assertThat(detail.path("sessions").size()).isEqualTo(1);
        });
    }

    @Test
    void everySubmissionIsAccountedFor() {
        // given
        site.capture("{\"email\":\"%s\"}".formatted(email("counted")));
        site.capture("{\"email\":\"%s\",\"test_lead\":true}".formatted(email("tested")));
        site.capture("{\"email\":\"%s\",\"__pg_hp\":\"x\"}".formatted(email("robot")));
        site.capture("{\"email\":\"nobody\"}");

        // then
        soon(() -> {
            var accounts = site.read("/api/accounting");
            assertThat(accounts.path("holds").asBoolean()).isTrue();
            long sum = 0;
            for (String outcome :
                    List.of("accepted", "duplicate", "blocked", "test", "refused", "quarantined")) {
                sum += accounts.path(outcome).asLong();
            }
            assertThat(accounts.path("received").asLong()).isEqualTo(sum);
            assertThat(accounts.path("test").asLong()).isPositive();
            assertThat(accounts.path("blocked").asLong()).isPositive();
            assertThat(accounts.path("refused").asLong()).isPositive();
            for (var projection : accounts.path("projections")) {
                assertThat(projection.path("read").asLong())
                        .as(projection.toString())
                        .isEqualTo(
                                projection.path("applied").asLong()
                                        + projection.path("parked").asLong()
                                        + projection.path("skipped").asLong());
                assertThat(projection.path("holds").asBoolean()).isTrue();
            }
        });
    }

    @Test
    void rawSessionEventsLieInTheObjectStore() {
        // given
        var visit = visit("archived", 30, 10, 1);
        String folder =
                "sessions/%s/%s/"
                        .formatted(
                                DateTimeFormatter.ofPattern("yyyy/MM/dd")
                                        .withZone(ZoneOffset.UTC)
                                        .format(startedAt(visit)),
                                visit.path("session_id").asString());

        // then
        await().atMost(Duration.ofMinutes(4))
                .ignoreExceptions()
                .untilAsserted(() -> {
                    var names = objects(folder);
                    assertThat(names).contains(folder + "meta.json");
                    assertThat(names)
                            .anyMatch(name -> name.matches(folder + "events/[^/-]+-[^/]+\\.json"));
                });
    }

    @Test
    void idsAndTextSurviveAsSent() {
        // given
        String email = email("intact");
        var source = site.source("google-ads");

        // when
        Fixture.of(site, "google-ads", "intact", email).deliver(caller, source);

        // then
        soon(() -> {
            String id = lead(email).path("lead_id").asString();
            var detail = site.read("/analytics/leads/" + id);
            var payload = detail.path("submissions_list").path(0).path("payload");
            assertThat(payload.path("form_id").longValue(-1)).isEqualTo(9_007_199_254_740_993L);
            assertThat(detail.toString()).contains("Zoë", "李雷");
            assertThat(detail.toString()).doesNotContain(source.secret());
        });
    }

    @Test
    void nulCharactersDoNotStopALead() {
        // given
        String email = email("nul");

        // when
        var answer =
                site.capture(
                        "{\"email\":\"%s\",\"first_name\":\"A\\u0000da\",\"other\":\"\\u0000\"}"
                                .formatted(email));

        // then
        assertThat(answer.status()).isEqualTo(200);
        soon(() -> assertThat(lead(email).path("first_name").asString("")).isEqualTo("A\uFFFDda"));
    }

    @Test
    void theRunFileTellsEverythingToItsOwnerOnly() throws Exception {
        var file = platform.data().resolve("run/headwater.json");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        assertThat(platform.told().propertyNames())
                .contains(
                        "query_api",
                        "command_api",
                        "dashboard",
                        "kafka",
                        "postgres",
                        "s3",
                        "schema_registry",
                        "admin_api_key");
    }

    @Test
    void aSecondUpOnTheSameDataRefuses() throws Exception {
        var second = platform.another("up");
        assertThat(second.status()).isNotZero();
        assertThat(second.said()).contains("runs already");
        assertThat(caller.get(platform.queryApi().resolve("/health"), Map.of()).status())
                .isEqualTo(200);
    }

    @Test
    void itsStatusIsWell() throws Exception {
        var status = platform.another("status");
        assertThat(status.said()).contains("command-api", "kafka", "postgres");
        assertThat(status.status()).as(status.said()).isZero();
    }

    private static JsonNode start(String fingerprint) {
        return site.call(
                "/track/session/start",
                "{\"fingerprint_id\":\"%s\",\"page\":\"/\",\"site_key\":\"%s\"}"
                        .formatted(fingerprint, site.key()));
    }

    /// A visit whose newest event is so many seconds after its start.
    private static JsonNode visit(String fingerprint, int seconds, int scroll, int clicks) {
        var started = start(fingerprint);
        String id = started.path("session_id").asString();
        long at = startedAt(started).toEpochMilli();
        var events = new ArrayList<String>();
        events.add("{\"event_type\":\"page_view\",\"page\":\"/\",\"timestamp\":%d}".formatted(at));
        for (int i = 0; i < clicks; i++) {
            events.add(
                    "{\"event_type\":\"click\",\"page\":\"/\",\"timestamp\":%d}".formatted(at + 1));
        }
        events.add(
                "{\"event_type\":\"scroll\",\"page\":\"/\",\"scroll_percent\":%d,\"timestamp\":%d}"
                        .formatted(scroll, at + seconds * 1000L));
        var answer =
                site.call(
                        "/track/events/batch",
                        "{\"session_id\":\"%s\",\"events\":[%s]}"
                                .formatted(id, String.join(",", events)));
        assertThat(answer.path("accepted").asInt()).isEqualTo(events.size());
        return started;
    }

    private static Instant startedAt(JsonNode started) {
        var at = started.path("session_started_at");
        return at.isNumber() ? Instant.ofEpochMilli(at.asLong()) : Instant.parse(at.asString());
    }

    private static JsonNode session(JsonNode visit) {
        for (var row :
                site.read("/replay/sessions?visitor_id=" + visit.path("visitor_id").asString())
                        .path("items")) {
            if (row.path("session_id").equals(visit.path("session_id"))) {
                return row;
            }
        }
        throw new AssertionError("the session is not there");
    }

    private static List<JsonNode> leads(String email) {
        return list(site.read("/analytics/leads?email=" + email).path("items"));
    }

    private static JsonNode lead(String email) {
        var leads = leads(email);
        assertThat(leads).as("leads of " + email).hasSize(1);
        return leads.getFirst();
    }

    private static List<JsonNode> facts(String provider) {
        return list(site.read("/analytics/facts?limit=200").path("items")).stream()
                .filter(fact -> fact.path("provider").asString().equals(provider))
                .toList();
    }

    private static long submissions(String outcome, TestSite.Source source, String email) {
        var items =
                site.read(
                                "/analytics/submissions?limit=200&outcome=%s&source=%s"
                                        .formatted(outcome, source.id()))
                        .path("items");
        return list(items).stream()
                .filter(item -> item.path("email").asString("").equals(email))
                .count();
    }

    private static List<String> objects(String prefix) throws Exception {
        var s3 = platform.told().path("s3");
        var client =
                MinioClient.builder()
                        .endpoint(s3.path("endpoint").asString())
                        .credentials(
                                s3.path("access_key").asString(), s3.path("secret_key").asString())
                        .build();
        var names = new ArrayList<String>();
        for (var item :
                client.listObjects(
                        ListObjectsArgs.builder()
                                .bucket(s3.path("bucket").asString())
                                .prefix(prefix)
                                .recursive(true)
                                .build())) {
            names.add(item.get().objectName());
        }
        return names;
    }

    private static List<JsonNode> list(JsonNode array) {
        var list = new ArrayList<JsonNode>();
        array.forEach(list::add);
        return list;
    }

    private static String email(String who) {
        return who + "-" + UUID.randomUUID().toString().substring(0, 8) + "@example.com";
    }

    private static void soon(ThrowingRunnable assertion) {
        await().atMost(SOON)
                .pollInterval(Duration.ofMillis(100))
                .ignoreExceptions()
                .untilAsserted(assertion);
    }
}
