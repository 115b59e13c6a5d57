package io.headwater.command.intake.signature;

import static org.assertj.core.api.Assertions.assertThat;

import io.headwater.command.platform.web.body.Json;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

/// Each vector names where it is from: an example that the provider or its library publishes, or
/// one that another program made after the provider's document.
class SchemesTest {

    private static final String HUB = "x-hub-signature-256";

    /// @param reason null: authentic
    record Vector(
            String scheme,
            String origin,
            String secret,
            Map<String, String> options,
            TestRequest request,
            @Nullable String reason) {

        static Vector of(JsonNode node) {
            return new Vector(
                    node.get("scheme").asString(),
                    node.get("origin").asString(),
                    node.get("secret").asString(),
                    strings(node.path("options")),
                    new TestRequest(
                            node.path("method").asString("POST"),
                            node.path("url").asString("https://h.example.test/webhooks/x/s1"),
                            strings(node.get("headers")),
                            node.get("body").asString().getBytes(StandardCharsets.UTF_8),
                            Instant.ofEpochSecond(node.get("at").asLong())),
                    Json.text(node.get("reason")));
        }

        private static Map<String, String> strings(JsonNode object) {
            var map = new TreeMap<String, String>(String.CASE_INSENSITIVE_ORDER);
            object.properties().forEach(e -> map.put(e.getKey(), e.getValue().asString()));
            return map;
        }

        Verifier verifier(String... secrets) {
            return Schemes.verifier(
                    scheme,
                    options,
                    Stream.of(secrets).map(secret -> Schemes.kept(scheme, secret)).toList());
        }

        @Override
        public String toString() {
            return scheme + ": " + origin + (reason == null ? "" : " → " + reason);
        }
    }

    static Stream<Vector> vectors() throws IOException {
        try (var in = SchemesTest.class.getResourceAsStream("/signature/vectors.json")) {
            String text =
                    new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
            return Json.read(text).valueStream().map(Vector::of);
        }
    }

    static Stream<Vector> authentic() throws IOException {
        return vectors().filter(vector -> vector.reason() == null);
    }

    static Stream<Vector> signedBodies() throws IOException {
        return authentic()
                .filter(vector -> vector.request().bytes().length > 0)
                .filter(vector ->
                        !List.of("google-key", "api-key", "access-token", "secret-url")
                                .contains(vector.scheme()));
    }

    @ParameterizedTest
    @MethodSource("vectors")
    void judgesEveryVector(Vector vector) {
        assertThat(code(vector.verifier(vector.secret()).check(vector.request())))
                .isEqualTo(vector.reason());
    }

    @Test
    void everySchemeHasAVector() throws IOException {
        assertThat(authentic().map(Vector::scheme).distinct().toList())
                .containsExactlyInAnyOrderElementsOf(Schemes.names());
    }

    @ParameterizedTest
    @MethodSource("signedBodies")
    void aChangedByteIsAMismatch(Vector vector) {
        byte[] changed = vector.request().bytes().clone();
        changed[changed.length - 1] ^= 1;

        assertThat(code(vector.verifier(vector.secret()).check(vector.request().withBody(changed))))
                .isEqualTo("mismatch");
    }

    @ParameterizedTest
    @MethodSource("signedBodies")
    void everySecretIsTried(Vector vector) {
        String other =
                switch (vector.scheme()) {
                    case "standard-webhooks" -> "whsec_aGVhZHdhdGVyLXRlc3Qta2V5LTI0Ynl0ZQ==";
                    case "standard-webhooks-ed25519" ->
                            "whpk_11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURo=";
                    default -> "0123456789abcdef";
                };

        assertThat(vector.verifier(other, vector.secret()).check(vector.request())).isNull();
        assertThat(vector.verifier(other).check(vector.request())).isEqualTo(Reason.MISMATCH);
        assertThat(vector.verifier().check(vector.request())).isEqualTo(Reason.NO_SECRET);
    }

    @ParameterizedTest
    @MethodSource("signedBodies")
    void withoutItsHeadersTheProofIsMissing(Vector vector) {
        var bare = vector.request().withHeaders(Map.of());

        assertThat(vector.verifier(vector.secret()).check(bare)).isEqualTo(Reason.MISSING_HEADER);
    }

    @Test
    void whatIsNoSignatureIsMalformed() {
        for (String text :
                List.of(
                        "sha256=",
                        "sha256=xyz",
                        "sha256=00",
                        "nonsense",
                        "sha256=" + "0".repeat(63))) {
            assertThat(check(HUB, Map.of(), Map.of("X-Hub-Signature-256", text)))
                    .as(text)
                    .isEqualTo(Reason.MALFORMED);
        }
        for (String text :
                List.of(
                        "nonsense",
                        "t=1795222440",
                        "v1=" + "0".repeat(64),
                        "t=soon,v1=" + "0".repeat(64),
                        "t=1795222440,v1=xyz",
                        "t=99999999999999999999,v1=" + "0".repeat(64),
                        "=,=,=")) {
            assertThat(check("stripe", Map.of(), Map.of("Stripe-Signature", text)))
                    .as(text)
                    .isEqualTo(Reason.MALFORMED);
        }
    }

    @Test
    void aToleranceCanBeSetAndTheTimeCountsOnlyWithARightSignature() throws IOException {
        var vector = vectors().filter(v -> "too_old".equals(v.reason())).findFirst().orElseThrow();
        var later = vector.request().at(Duration.ofHours(2));

        assertThat(
                        Schemes.verifier(
                                        vector.scheme(),
                                        Map.of("tolerance_seconds", "86400"),
                                        List.of(vector.secret()))
                                .check(later))
                .isNull();
        assertThat(vector.verifier(vector.secret()).check(later)).isEqualTo(Reason.TOO_OLD);
        assertThat(vector.verifier("another").check(later)).isEqualTo(Reason.MISMATCH);
    }

    private static @Nullable Reason check(
            String scheme, Map<String, String> options, Map<String, String> headers) {
        return Schemes.verifier(scheme, options, List.of("secret-1"))
                .check(
                        new TestRequest(
                                "POST",
                                "https://h.example.test/",
                                headers,
                                new byte[0],
                                Instant.ofEpochSecond(1795222440)));
    }

    private static @Nullable String code(@Nullable Reason reason) {
        return reason == null ? null : reason.code();
    }
}
