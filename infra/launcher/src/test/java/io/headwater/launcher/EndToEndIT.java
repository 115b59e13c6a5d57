package io.headwater.launcher;

import static io.headwater.launcher.Soon.soon;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/// From the outside to the outside: what providers and pages send, and what the dashboard reads.
class EndToEndIT {

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
            assertThat(site.leads(email)).hasSize(1);
            assertThat(submissions("duplicate", source, email)).isEqualTo(1);
            assertThat(submissions("accepted", source, email)).isEqualTo(1);
            var lead = site.lead(email);
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
            assertThat(site.lead(email).path("facts").asInt()).isEqualTo(1);
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
        soon(() -> assertThat(site.leads(after)).hasSize(1));
        assertThat(site.leads(email)).isEmpty();
        assertThat(facts(provider)).noneMatch(fact -> fact.toString().contains(email));
    }

    @Test
    void whatTheEventsSayIsInTheStoreOfLeads() throws Exception {
        // given
        String lead =
                site.capture("{\"email\":\"%s\"}".formatted(email("audited")))
                        .json()
                        .path("lead_id")
                        .asString();
        site.administer("/analytics/leads/" + lead + "/win", "{}");

        // when
        var command =
                new ProcessBuilder(
                        "bash",
                        "../../headwater",
                        "audit",
                        "leads",
                        "--data",
                        platform.data().toString());
        command.environment().put("JAVA_HOME", System.getProperty("java.home"));
        var audit = command.redirectErrorStream(true).start();
        String said = new String(audit.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

        // then
        assertThat(audit.waitFor()).as(said).isZero();
        assertThat(said).containsPattern("differ +0\n").doesNotContainPattern("entities +0 ");
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
    void idsAndTextSurviveAsSent() {
        // given
        String email = email("intact");
        var source = site.source("google-ads");

        // when
        Fixture.of(site, "google-ads", "intact", email).deliver(caller, source);

        // then
        soon(() -> {
            String id = site.lead(email).path("lead_id").asString();
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
        soon(() ->
                assertThat(site.lead(email).path("first_name").asString(""))
                        .isEqualTo("A\uFFFDda"));
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
                        "projectors",
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

    private static List<JsonNode> facts(String provider) {
        return TestSite.list(site.read("/analytics/facts?limit=200").path("items")).stream()
                .filter(fact -> fact.path("provider").asString().equals(provider))
                .toList();
    }

    private static long submissions(String outcome, TestSite.Source source, String email) {
        var items =
                site.read(
                                "/analytics/submissions?limit=200&outcome=%s&source=%s"
                                        .formatted(outcome, source.id()))
                        .path("items");
        return TestSite.list(items).stream()
                .filter(item -> item.path("email").asString("").equals(email))
                .count();
    }

    private static String email(String who) {
        return who + "-" + UUID.randomUUID().toString().substring(0, 8) + "@example.com";
    }
}
