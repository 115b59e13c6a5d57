package io.headwater.command.edge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.headwater.command.platform.directory.IpRules;
import io.headwater.command.platform.directory.IpRules.Verdict;
import io.headwater.command.platform.directory.SiteSettings;
import io.headwater.command.platform.directory.TestIpRules;
import io.headwater.events.access.BlockIp;
import io.headwater.events.lead.Submission;
import io.headwater.schema.PersonalData;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@SuppressWarnings("NullAway.Init")
class ScreeningHttpTest {

    private static final String ROBOT = "EMAIL=r%40robot.test&__pg_website=x";
    private static final String PERSON =
            "EMAIL=Anna%40rival.test&FIRSTNAME=Anna&PROJECT=Lakeside+QA";

    @RegisterExtension
    static final EdgeServer server = new EdgeServer("--headwater.web.trusted-proxies=127.0.0.1");

    private static EdgeServer.Answer form(String fields, String ip) {
        return server.post(
                "/lead.capture",
                "application/x-www-form-urlencoded",
                ("siteKey=" + FakeDirectory.SITE_KEY + "&formId=contact&" + fields)
                        .getBytes(StandardCharsets.UTF_8),
                "Origin",
                "https://www.lakeside.test",
                "X-Forwarded-For",
                ip);
    }

    private static Submission submitted(String fields, String ip) {
        assertThat(form(fields, ip).status()).isEqualTo(200);
        return server.log.submission();
    }

    private static SiteSettings settings(boolean botDetection) {
        return new SiteSettings(
                true,
                botDetection,
                Duration.ofDays(30),
                List.of("QA", "nobody@"),
                true,
                true,
                List.of("rival.test"),
                SiteSettings.DEFAULT.pipeline(),
                List.of(),
                303,
                true,
                false,
                Map.of());
    }

    @Test
    void aBlockedAddressIsMarkedAndToldNothing() {
        server.directory.ips(TestIpRules.of("203.0.113.0/24", Verdict.BLOCKED));

        var free = form(PERSON, "198.51.100.7");
        server.results.outcome = "blocked";
        var blocked = form(PERSON, "203.0.113.7");

        assertThat(server.log.submission().getBlockCode()).isEqualTo("blocked_ip");
        assertThat(blocked.status()).isEqualTo(free.status()).isEqualTo(200);
        assertThat(blocked.json().propertyNames())
                .containsExactlyElementsOf(free.json().propertyNames());
        assertThat(blocked.text("status")).isEqualTo("accepted");
    }

    @ParameterizedTest
    @CsvSource({"198.51.100.7, 198.51.100.7", "2001:db8:1:2:3:4:5:6, 2001:db8:1:2:0:0:0:0/64"})
    void aFilledHoneypotBlocksTheAddressInTheSameTransaction(String ip, String blocked) {
        form(ROBOT, ip);

        var block = server.log.of(BlockIp.class);
        assertThat(block).hasSize(1);
        assertThat(PersonalData.opened(block.getFirst().getIp())).isEqualTo(blocked);
        assertThat(block.getFirst().getSiteId()).isEqualTo("lakeside");
        assertThat(block.getFirst().getReason()).isEqualTo("honeypot");
        assertThat(block.getFirst().getUntil())
                .isCloseTo(
                        block.getFirst().getRequestedAt().plus(Duration.ofDays(30)),
                        within(1, ChronoUnit.SECONDS));
        assertThat(server.log.appends).containsExactly(4);
        assertThat(server.log.submission().getBotDetection()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"10.0.0.7", "100.64.1.1", "127.0.0.1", "fd00::1", "::1", "169.254.1.1"})
    void anAddressThatManyShareIsNotBlocked(String ip) {
        form(ROBOT, ip);

        assertThat(server.log.of(BlockIp.class)).isEmpty();
        assertThat(server.log.submission().getHoneypotFilled()).isTrue();
    }

    @ParameterizedTest
    @CsvSource({"BLOCKED", "TESTING", "INTERNAL"})
    void whoIsOnAListIsNotBlockedAnew(Verdict verdict) {
        server.directory.ips(TestIpRules.of("198.51.100.7", verdict));

        form(ROBOT, "198.51.100.7");

        assertThat(server.log.of(BlockIp.class)).isEmpty();
    }

    @Test
    void withoutBotDetectionAHoneypotIsOnlyTold() {
        server.directory.settings(settings(false));

        var submission = submitted(ROBOT, "198.51.100.7");

        assertThat(submission.getBotDetection()).isFalse();
        assertThat(submission.getHoneypotFilled()).isTrue();
        assertThat(server.log.of(BlockIp.class)).isEmpty();
    }

    @Test
    void aServerIsNeverBlockedForWhatItForwards() {
        server.json(
                "/lead.capture",
                "{\"email\":\"r@robot.test\",\"__pg_hp\":\"x\"}",
                "X-API-Key",
                FakeDirectory.API_KEY,
                "X-Forwarded-For",
                "198.51.100.7");

        assertThat(server.log.submission().getHoneypotFilled()).isTrue();
        assertThat(server.log.of(BlockIp.class)).isEmpty();
    }

    @Test
    void theAddressThatAnAuthenticCallerTellsIsLookedUp() {
        server.directory.ips(TestIpRules.of("203.0.113.7", Verdict.BLOCKED));
        String body = "{\"email\":\"a@lakeside.test\",\"user_ip\":\"203.0.113.7\"}";

        server.json("/webhooks/generic/x1", body, "X-API-Key", "generic-key-1");
        var told = server.log.submission();
        server.json(
                "/webhooks/generic/x1",
                "{\"email\":\"a@lakeside.test\"}",
                "X-API-Key",
                "generic-key-1",
                "X-Forwarded-For",
                "203.0.113.7");

        assertThat(told.getBlockCode()).isEqualTo("blocked_ip");
        assertThat(server.log.submission().getBlockCode()).isNull();
    }

    @Test
    void testingIsATestAndInternalIsNormal() {
        server.directory.ips(TestIpRules.of("203.0.113.7", Verdict.TESTING));
        assertThat(submitted("EMAIL=a%40b.test", "203.0.113.7").getTestCode())
                .isEqualTo("whitelisted_ip");

        server.directory.ips(TestIpRules.of("203.0.113.7", Verdict.INTERNAL));
        var internal = submitted("EMAIL=a%40b.test", "203.0.113.7");
        assertThat(internal.getTestCode()).isNull();
        assertThat(internal.getBlockCode()).isNull();
        server.directory.ips(IpRules.EMPTY);
    }

    @ParameterizedTest
    @CsvSource({
        "FIRSTNAME=qa+person&EMAIL=a%40b.test, test_string",
        "EMAIL=Nobody%40b.test, test_string",
        "LOCATION=the+qa+room&EMAIL=a%40b.test, test_string",
        "PROJECT=QA&EMAIL=a%40b.test, test_string",
        "USER_MESSAGE=qa&EMAIL=a%40b.test,"
    })
    void aTestStringInNameEmailProjectOrLocationIsATest(String fields, String code) {
        server.directory.settings(settings(true));

        assertThat(submitted(fields, "198.51.100.7").getTestCode()).isEqualTo(code);
    }

    @ParameterizedTest
    @CsvSource({"a@rival.test, true", "a@mail.rival.test, true", "a@notrival.test, false"})
    void aCompetitorsAddressIsFlagged(String email, boolean competitor) {
        server.directory.settings(settings(true));

        assertThat(submitted("EMAIL=" + email.replace("@", "%40"), "198.51.100.7"))
                .extracting(Submission::getCompetitorEmail)
                .isEqualTo(competitor);
    }
}
