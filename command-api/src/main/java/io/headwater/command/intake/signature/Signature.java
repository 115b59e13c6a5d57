package io.headwater.command.intake.signature;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.function.Function;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/// One way to sign a delivery with HMAC-SHA256, declared: where the digests stand, what they are
/// over, how they are written, how old they may be. Any of several secrets may match, so that a
/// secret can be rotated.
///
/// @param tolerance how far the signed time may be from now, either way; zero: no time is signed
public record Signature(Layout layout, Encoding encoding, KeyForm keyForm, Duration tolerance) {

    private static final String STANDARD_SECRET = "whsec_";

    /// Why a delivery is not authentic; the code goes to the caller and into the audit.
    public enum Reason {
        MISSING,
        MALFORMED,
        STALE,
        MISMATCH;

        public String code() {
            return name().toLowerCase(java.util.Locale.ROOT);
        }
    }

    public enum Encoding {
        HEX,
        BASE64
    }

    public enum KeyForm {
        /// the secret's own characters
        TEXT,
        /// base64 after `whsec_`
        STANDARD
    }

    /// Where the digests stand.
    public sealed interface Layout {
        /// `<header>: <prefix><digest>` over the body.
        record Plain(String header, String prefix) implements Layout {}

        /// `<header>: t=<seconds>,v1=<digest>[,v1=<digest>…]` over `<t>.<body>`.
        record Timed(String header) implements Layout {}

        /// Three headers, `v1,<digest>` separated by spaces, over `<id>.<seconds>.<body>`.
        record Standard() implements Layout {}
    }

    /// source: Typeform, "Secure your webhooks"
    static final Signature TYPEFORM =
            new Signature(
                    new Layout.Plain("Typeform-Signature", "sha256="),
                    Encoding.BASE64,
                    KeyForm.TEXT,
                    Duration.ZERO);

    /// source: Calendly, "Webhook signatures"; its sample allows three minutes
    static final Signature CALENDLY =
            new Signature(
                    new Layout.Timed("Calendly-Webhook-Signature"),
                    Encoding.HEX,
                    KeyForm.TEXT,
                    Duration.ofSeconds(180));

    /// source: Stripe, "Verify webhook signatures"; the whole `whsec_…` is the key
    static final Signature STRIPE =
            new Signature(
                    new Layout.Timed("Stripe-Signature"),
                    Encoding.HEX,
                    KeyForm.TEXT,
                    Duration.ofSeconds(300));

    /// source: Standard Webhooks specification 1.0
    static final Signature STANDARD =
            new Signature(
                    new Layout.Standard(),
                    Encoding.BASE64,
                    KeyForm.STANDARD,
                    Duration.ofSeconds(300));

    /// @param headers name to value, null when it was not sent
    /// @return null when the delivery is authentic
    public @Nullable Reason check(
            Function<String, @Nullable String> headers,
            byte[] body,
            List<String> secrets,
            Instant now) {
        var claim = claim(headers);
        if (claim.failure() != null) {
            return claim.failure();
        }
        boolean matches = false;
        for (String secret : secrets) {
            byte[] key = key(secret);
            byte[] wanted = key == null ? new byte[0] : hmac(key, claim.head(), body);
            for (byte[] digest : claim.digests()) {
                matches |= wanted.length > 0 && MessageDigest.isEqual(wanted, digest);
            }
        }
        if (!matches) {
            return Reason.MISMATCH;
        }
        Instant signedAt = claim.signedAt();
        return signedAt != null && Duration.between(signedAt, now).abs().compareTo(tolerance) > 0
                ? Reason.STALE
                : null;
    }

    private Claim claim(Function<String, @Nullable String> headers) {
        return switch (layout) {
            case Layout.Plain(var header, var prefix) -> plain(headers.apply(header), prefix);
            case Layout.Timed(var header) -> timed(headers.apply(header));
            case Layout.Standard() ->
                    standard(
                            headers.apply("webhook-id"),
                            headers.apply("webhook-timestamp"),
                            headers.apply("webhook-signature"));
        };
    }

    private Claim plain(@Nullable String header, String prefix) {
        if (header == null || header.isBlank()) {
            return Claim.failed(Reason.MISSING);
        }
        if (!header.startsWith(prefix)) {
            return Claim.failed(Reason.MALFORMED);
        }
        return Claim.of("", null, digests(List.of(header.substring(prefix.length()))));
    }

    private Claim timed(@Nullable String header) {
        if (header == null || header.isBlank()) {
            return Claim.failed(Reason.MISSING);
        }
        String time = null;
        var written = new ArrayList<String>();
        for (String part : header.split(",", 50)) {
            int equals = part.indexOf('=');
            String name = equals < 0 ? "" : part.substring(0, equals).strip();
            String value = part.substring(equals + 1).strip();
            if (name.equals("t")) {
                time = value;
            } else if (name.equals("v1")) {
                written.add(value);
            }
        }
        Instant signedAt = seconds(time);
        return signedAt == null
                ? Claim.failed(Reason.MALFORMED)
                : Claim.of(time + ".", signedAt, digests(written));
    }

    private Claim standard(
            @Nullable String id, @Nullable String time, @Nullable String signatures) {
        if (id == null || time == null || signatures == null) {
            return Claim.failed(Reason.MISSING);
        }
        Instant signedAt = seconds(time);
        if (signedAt == null) {
            return Claim.failed(Reason.MALFORMED);
        }
        var written = new ArrayList<String>();
        for (String part : signatures.split(" ", 50)) {
            if (part.startsWith("v1,")) {
                written.add(part.substring(3));
            }
        }
        return Claim.of(id + "." + time + ".", signedAt, digests(written));
    }

    private List<byte[]> digests(List<String> written) {
        var digests = new ArrayList<byte[]>();
        for (String text : written) {
            try {
                byte[] digest =
                        encoding == Encoding.HEX
                                ? HexFormat.of().parseHex(text)
                                : Base64.getDecoder().decode(text);
                if (digest.length == 32) {
                    digests.add(digest);
                }
            } catch (IllegalArgumentException notADigest) {
                continue;
            }
        }
        return digests;
    }

    private byte @Nullable [] key(String secret) {
        if (keyForm == KeyForm.TEXT) {
            return secret.isEmpty() ? null : secret.getBytes(StandardCharsets.UTF_8);
        }
        if (!secret.startsWith(STANDARD_SECRET)) {
            return null;
        }
        try {
            byte[] key = Base64.getDecoder().decode(secret.substring(STANDARD_SECRET.length()));
            return key.length == 0 ? null : key;
        } catch (IllegalArgumentException notBase64) {
            return null;
        }
    }

    private static @Nullable Instant seconds(@Nullable String text) {
        return text != null && text.matches("[0-9]{1,11}")
                ? Instant.ofEpochSecond(Long.parseLong(text))
                : null;
    }

    private static byte[] hmac(byte[] key, String head, byte[] body) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key, "HmacSHA256"));
            mac.update(head.getBytes(StandardCharsets.UTF_8));
            return mac.doFinal(body);
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /// What the headers claim: digests over head and body.
    private record Claim(
            @Nullable Reason failure,
            String head,
            @Nullable Instant signedAt,
            List<byte[]> digests) {

        static Claim failed(Reason reason) {
            return new Claim(reason, "", null, List.of());
        }

        static Claim of(String head, @Nullable Instant signedAt, List<byte[]> digests) {
            return digests.isEmpty()
                    ? failed(Reason.MALFORMED)
                    : new Claim(null, head, signedAt, digests);
        }
    }
}
