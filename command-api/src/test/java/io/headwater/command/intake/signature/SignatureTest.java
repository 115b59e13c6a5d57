package io.headwater.command.intake.signature;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// The expected digests were made by another program: `printf '1795222440.%s' "$BODY" | openssl
/// dgst -sha256 -hmac "$SECRET"`, with `-binary | base64` where base64 is wanted and `-mac HMAC
/// -macopt hexkey:…` for the decoded `whsec_` key.
class SignatureTest {

    private static final Instant SIGNED = Instant.ofEpochSecond(1795222440);
    private static final String TYPEFORM_BODY =
            "{\"event_id\":\"01JEXAMPLE\",\"form_response\":{\"token\":\"tok-1\"}}";
    private static final String TYPEFORM_DIGEST = "e5JOnAhuJo1Wg/pzSM55fZ2hWklHSeQ0EQwbEg1R/Bc=";
    private static final String CALENDLY_BODY = "{\"event\":\"invitee.created\"}";
    private static final String CALENDLY_DIGEST =
            "1029dcdfb326f36b1070be44c9ec6824711c084e8ee90c89e16ad117498d5892";
    private static final String STRIPE_BODY = "{\"id\":\"evt_1\",\"note\":\"größe €\"}";
    private static final String STRIPE_DIGEST =
            "e844029cebbfef6087a943f7bbdbb3b5117c6ce4b359e6b0ad2a929a70a2cdf1";
    private static final String STANDARD_BODY = "{\"type\":\"lead\",\"data\":{}}";
    private static final String STANDARD_SECRET = "whsec_aGVhZHdhdGVyLXRlc3Qta2V5LTI0Ynl0ZQ==";
    private static final String STANDARD_DIGEST = "gVokt1ve8tdr5Q1lOkkgA8CpqjLGutJ+CzAlvAMhrUk=";

    @Test
    void knowsTypeformsSignature() {
        var headers = Map.of("Typeform-Signature", "sha256=" + TYPEFORM_DIGEST);

        assertThat(check(Signature.TYPEFORM, headers, TYPEFORM_BODY, "tf-secret-1")).isNull();
        assertThat(check(Signature.TYPEFORM, headers, TYPEFORM_BODY + " ", "tf-secret-1"))
                .isEqualTo(Signature.Reason.MISMATCH);
        assertThat(check(Signature.TYPEFORM, headers, TYPEFORM_BODY, "tf-secret-2"))
                .isEqualTo(Signature.Reason.MISMATCH);
    }

    @Test
    void knowsCalendlysSignatureForThreeMinutes() {
        var headers = Map.of("Calendly-Webhook-Signature", "t=1795222440,v1=" + CALENDLY_DIGEST);

        assertThat(checkAt(Signature.CALENDLY, headers, CALENDLY_BODY, "cal-secret-1", 180))
                .isNull();
        assertThat(checkAt(Signature.CALENDLY, headers, CALENDLY_BODY, "cal-secret-1", 181))
                .isEqualTo(Signature.Reason.STALE);
        assertThat(checkAt(Signature.CALENDLY, headers, CALENDLY_BODY, "cal-secret-1", -181))
                .isEqualTo(Signature.Reason.STALE);
    }

    @Test
    void takesStripesSecretAsTextAndAnyOfItsDigests() {
        var headers =
                Map.of(
                        "Stripe-Signature",
                        "t=1795222440, v1=" + "0".repeat(64) + ",v0=abc,v1=" + STRIPE_DIGEST);

        assertThat(checkAt(Signature.STRIPE, headers, STRIPE_BODY, "whsec_stripe_text_1", 300))
                .isNull();
        assertThat(checkAt(Signature.STRIPE, headers, STRIPE_BODY, "whsec_stripe_text_1", 301))
                .isEqualTo(Signature.Reason.STALE);
    }

    @Test
    void decodesStandardSecretsAndIgnoresOtherVersions() {
        var headers =
                Map.of(
                        "webhook-id", "msg_1",
                        "webhook-timestamp", "1795222440",
                        "webhook-signature",
                                "v1,AAAA v2," + STANDARD_DIGEST + " v1," + STANDARD_DIGEST);
        var otherVersion =
                Map.of(
                        "webhook-id", "msg_1",
                        "webhook-timestamp", "1795222440",
                        "webhook-signature", "v2," + STANDARD_DIGEST);

        assertThat(check(Signature.STANDARD, headers, STANDARD_BODY, STANDARD_SECRET)).isNull();
        assertThat(check(Signature.STANDARD, otherVersion, STANDARD_BODY, STANDARD_SECRET))
                .isEqualTo(Signature.Reason.MALFORMED);
    }

    @Test
    void triesEverySecretSoThatTheyCanBeRotated() {
        var headers = Map.of("Typeform-Signature", "sha256=" + TYPEFORM_DIGEST);

        assertThat(
                        check(
                                Signature.TYPEFORM,
                                headers,
                                TYPEFORM_BODY,
                                "the-new-secret",
                                "tf-secret-1"))
                .isNull();
        assertThat(check(Signature.TYPEFORM, headers, TYPEFORM_BODY))
                .isEqualTo(Signature.Reason.MISMATCH);
        assertThat(check(Signature.TYPEFORM, headers, TYPEFORM_BODY, ""))
                .isEqualTo(Signature.Reason.MISMATCH);
    }

    @Test
    void saysMissingOrMalformed() {
        assertThat(check(Signature.STRIPE, Map.of(), STRIPE_BODY, "s"))
                .isEqualTo(Signature.Reason.MISSING);
        assertThat(check(Signature.STANDARD, Map.of(), STRIPE_BODY, "s"))
                .isEqualTo(Signature.Reason.MISSING);
        for (String header :
                List.of(
                        "nonsense",
                        "t=1795222440",
                        "v1=" + STRIPE_DIGEST,
                        "t=soon,v1=" + STRIPE_DIGEST,
                        "t=1795222440,v1=xyz",
                        "t=1795222440,v1=",
                        "t=99999999999999999999,v1=" + STRIPE_DIGEST,
                        "=,=,=")) {
            assertThat(
                            check(
                                    Signature.STRIPE,
                                    Map.of("Stripe-Signature", header),
                                    STRIPE_BODY,
                                    "s"))
                    .as(header)
                    .isEqualTo(Signature.Reason.MALFORMED);
        }
        assertThat(
                        check(
                                Signature.TYPEFORM,
                                Map.of("Typeform-Signature", TYPEFORM_DIGEST),
                                TYPEFORM_BODY,
                                "s"))
                .isEqualTo(Signature.Reason.MALFORMED);
    }

    private static Signature.@Nullable Reason check(
            Signature signature, Map<String, String> headers, String body, String... secrets) {
        return signature.check(
                headers::get, body.getBytes(StandardCharsets.UTF_8), List.of(secrets), SIGNED);
    }

    private static Signature.@Nullable Reason checkAt(
            Signature signature,
            Map<String, String> headers,
            String body,
            String secret,
            long secondsLater) {
        return signature.check(
                headers::get,
                body.getBytes(StandardCharsets.UTF_8),
                List.of(secret),
                SIGNED.plusSeconds(secondsLater));
    }
}
