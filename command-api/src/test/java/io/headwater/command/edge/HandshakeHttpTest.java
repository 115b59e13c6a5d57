package io.headwater.command.edge;

import static org.assertj.core.api.Assertions.assertThat;

import io.headwater.command.platform.KeyDigest;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Providers that ask whether the URL is there, and whose it is, before they send anything.
@SuppressWarnings("NullAway.Init")
class HandshakeHttpTest {

    private static final String UUID = "0c9f9a3e-6c1b-4c8e-8d0a-3f1f2a7b9c55";
    private static final String ASKED =
            "hub.mode=subscribe&hub.challenge=1158201444&hub.verify_token=";

    private static EdgeServer server;

    @BeforeAll
    static void start() {
        server = new EdgeServer();
        connect("meta", Map.of());
        connect("linkedin", Map.of());
        connect("mailchimp", Map.of());
        connect("intercom", Map.of());
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @BeforeEach
    void reset() {
        server.reset();
    }

    private static void connect(String provider, Map<String, String> secretOptions) {
        server.directory.put(
                FakeDirectory.source(
                        provider + "-1", provider, "client-secret-1", Map.of(), secretOptions));
    }

    /// source: developers.facebook.com/docs/graph-api/webhooks/getting-started
    @Test
    void metaIsAnsweredItsChallenge() {
        var bySource = server.call("GET", "/webhooks/meta/meta-1?" + ASKED + "meta-1");
        connect("meta", Map.of("verify_token", KeyDigest.of("a-token-of-our-own")));
        var byToken = server.call("GET", "/webhooks/meta/meta-1?" + ASKED + "a-token-of-our-own");

        assertThat(bySource.status()).isEqualTo(200);
        assertThat(bySource.response().body()).isEqualTo("1158201444");
        assertThat(bySource.header("Content-Type")).startsWith("text/plain");
        assertThat(byToken.response().body()).isEqualTo("1158201444");
        assertThat(server.log.records).isEmpty();
    }

    @Test
    void metaMustKnowTheToken() {
        connect("meta", Map.of("verify_token", KeyDigest.of("a-token-of-our-own")));

        for (String token :
                List.of("", "meta-1", "another-token", KeyDigest.of("a-token-of-our-own"))) {
            var answer = server.call("GET", "/webhooks/meta/meta-1?" + ASKED + token);
            assertThat(answer.status()).as(token).isEqualTo(403);
            assertThat(answer.response().body()).doesNotContain("1158201444");
        }
    }

    /// source: learn.microsoft.com/linkedin/shared/api-guide/webhook-validation
    @Test
    void linkedInIsAnsweredWithItsSecret() throws GeneralSecurityException {
        var answer = server.call("GET", "/webhooks/linkedin/linkedin-1?challengeCode=" + UUID);

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.header("Content-Type")).startsWith("application/json");
        assertThat(answer.text("challengeCode")).isEqualTo(UUID);
        assertThat(answer.text("challengeResponse")).isEqualTo(hmac("client-secret-1", UUID));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "hmacsha256=x", "0c9f9a3e-6c1b-4c8e-8d0a-3f1f2a7b9c55x"})
    void nothingElseIsSignedForLinkedIn(String challenge) {
        var answer = server.call("GET", "/webhooks/linkedin/linkedin-1?challengeCode=" + challenge);

        assertThat(answer.status()).isIn(400, 405);
        assertThat(answer.response().body()).doesNotContain("challengeResponse");
    }

    @ParameterizedTest
    @CsvSource({"GET, mailchimp", "HEAD, intercom"})
    void whoOnlyLooksWhetherTheUrlIsThereSeesIt(String method, String provider) {
        var answer = server.call(method, "/webhooks/" + provider + "/" + provider + "-1");

        assertThat(answer.status()).isEqualTo(200);
        assertThat(server.log.records).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"GET, meta", "GET, linkedin", "GET, mailchimp", "HEAD, intercom"})
    void aSourceThatIsNotThereIsNotFound(String method, String provider) {
        String asked = "?" + ASKED + "none&challengeCode=" + UUID;

        var answer = server.call(method, "/webhooks/" + provider + "/none" + asked);

        assertThat(answer.status()).isEqualTo(404);
    }

    private static String hmac(String secret, String text) throws GeneralSecurityException {
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
        return HexFormat.of().formatHex(mac.doFinal(text.getBytes(StandardCharsets.UTF_8)));
    }
}
