package io.headwater.launcher;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/// Headers with which each provider proves that a body is its own, computed apart from the product.
///
/// source: the providers' public documentation of webhook signatures
final class Signatures {

    private Signatures() {}

    static Map<String, String> of(String provider, String body, String secret) {
        return switch (provider) {
            case "google-ads" -> Map.of();
            case "typeform" ->
                    Map.of(
                            "Typeform-Signature",
                            "sha256=" + Base64.getEncoder().encodeToString(hmac(secret, body)));
            case "calendly" -> Map.of("Calendly-Webhook-Signature", timestamped(body, secret));
            case "stripe" -> Map.of("Stripe-Signature", timestamped(body, secret));
            case "generic" -> Map.of("X-API-Key", secret);
            default -> throw new IllegalArgumentException(provider);
        };
    }

    private static String timestamped(String body, String secret) {
        long seconds = Instant.now().getEpochSecond();
        return "t=%d,v1=%s"
                .formatted(seconds, HexFormat.of().formatHex(hmac(secret, seconds + "." + body)));
    }

    private static byte[] hmac(String secret, String text) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
            return mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }
}
