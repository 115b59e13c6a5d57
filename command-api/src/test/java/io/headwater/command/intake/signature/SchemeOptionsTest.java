package io.headwater.command.intake.signature;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SchemeOptionsTest {

    @Test
    void takesWhatEachSchemeLeavesOpen() {
        assertThat(wrong("stripe", Map.of("tolerance_seconds", "600"), "s")).isEmpty();
        assertThat(wrong("api-key", Map.of("header", "X-Key"), "key-of-16-letter")).isEmpty();
        assertThat(wrong("api-key-query", Map.of("parameter", "lead[key]"), "key-of-16-letter"))
                .isEmpty();
        assertThat(
                        wrong(
                                "hmac",
                                Map.of("header", "X-Sig", "signed", "{url}{header:X-Id}{body}"),
                                "s"))
                .isEmpty();
        assertThat(wrong("secret-url", Map.of(), "token-of-16-lett")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "stripe | tolerance_seconds | 0 | must be 1 to 86400",
                "stripe | tolerance_seconds | 1e3 | must be 1 to 86400",
                "stripe | header | X-A | is none of tolerance_seconds",
                "typeform | tolerance_seconds | 60 | the scheme has no options",
                "api-key | header | X Key | is no name of a header",
                "api-key | header | X-Request-ID | is kept with every request; choose another",
                "api-key-query | parameter | a=b | is no name of a parameter"
            })
    void saysWhatIsWrongWithAnOption(String scheme, String name, String value, String why) {
        assertThat(wrong(scheme, Map.of(name, value), "secret-of-16-let"))
                .isEqualTo(Map.of("options." + name, why));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "algorithm | md5 | is none of sha1, sha256, sha512",
                "encoding | base32 | is none of base64, base64url, hex",
                "secret_encoding | pem | is none of base64, hex, text",
                "time_unit | minutes | is none of milliseconds, seconds",
                "signed | {time}.{body} | must hold {time} just where time_header is given",
                "signed | {method} | must hold {body}",
                "signed | {cookie}{body} | holds the unknown part {cookie}",
                "colour | red | is none of header, algorithm, encoding, prefix, secret_encoding, signed, time_header, time_unit, tolerance_seconds"
            })
    void saysWhatIsWrongWithAnOptionOfHmac(String name, String value, String why) {
        assertThat(wrong("hmac", Map.of("header", "X-Sig", name, value), "secret-of-16-let"))
                .isEqualTo(Map.of("options." + name, why));
    }

    @Test
    void hmacNeedsAHeader() {
        assertThat(wrong("hmac", Map.of(), "s")).containsOnlyKeys("options.header");
    }

    @ParameterizedTest
    @CsvSource({
        "standard-webhooks, whsec_AAAA, must be whsec_ and 24 to 64 bytes in base64",
        "standard-webhooks, plain, must be whsec_ and 24 to 64 bytes in base64",
        "standard-webhooks-ed25519, whpk_AAAA, must be whpk_ and the 32 bytes of an Ed25519 public key in base64",
        "api-key, short, must have at least 16 characters",
        "google-key, short, must have at least 16 characters",
        "stripe, ' ', 'must not be blank, nor the digest of another secret'",
        "stripe, sha256:9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08, 'must not be blank, nor the digest of another secret'"
    })
    void saysWhatIsWrongWithASecretWithoutQuotingIt(String scheme, String secret, String why) {
        assertThat(wrong(scheme, Map.of(), secret)).isEqualTo(Map.of("secrets[0]", why));
    }

    @Test
    void aProofNeedsASecretAndASchemeAName() {
        assertThat(wrong("stripe", Map.of()))
                .isEqualTo(Map.of("secrets", "must hold at least one"));
        assertThat(wrong("paper", Map.of(), "s")).containsOnlyKeys("scheme");
    }

    @ParameterizedTest
    @CsvSource({"api-key, stripe", "stripe, api-key", "secret-url, typeform"})
    void whatIsKeptOfAKeySignsNothingAndTheOtherWayRound(String scheme, String other) {
        String kept = Schemes.kept(scheme, "one-secret-of-a-source");

        assertThat(Schemes.wrongInKept(scheme, Map.of(), List.of(kept))).isEmpty();
        assertThat(Schemes.wrongInKept(other, Map.of(), List.of(kept)))
                .isEqualTo(
                        Map.of(
                                "secrets[0]",
                                "was given for another kind of scheme; connect another source"));
    }

    private static Map<String, String> wrong(
            String scheme, Map<String, String> options, String... secrets) {
        return Schemes.wrongIn(scheme, options, List.of(secrets));
    }
}
