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
        assertThat(wrong("api-key", Map.of("header", "X-Key"), "key-123")).isEmpty();
        assertThat(wrong("api-key-query", Map.of("parameter", "lead[key]"), "key-123")).isEmpty();
        assertThat(
                        wrong(
                                "hmac",
                                Map.of("header", "X-Sig", "signed", "{url}{header:X-Id}{body}"),
                                "s"))
                .isEmpty();
        assertThat(wrong("secret-url", Map.of(), "token-1")).isEmpty();
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
                "api-key-query | parameter | a=b | is no name of a parameter"
            })
    void saysWhatIsWrongWithAnOption(String scheme, String name, String value, String why) {
        assertThat(wrong(scheme, Map.of(name, value), "secret-1"))
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
        assertThat(wrong("hmac", Map.of("header", "X-Sig", name, value), "secret-1"))
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
        "api-key, short, must have at least 6 characters",
        "google-key, short, must have at least 6 characters",
        "stripe, ' ', must not be blank"
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

    private static Map<String, String> wrong(
            String scheme, Map<String, String> options, String... secrets) {
        return Schemes.wrongIn(scheme, options, List.of(secrets));
    }
}
