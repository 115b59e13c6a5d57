package io.headwater.command.intake.signature;

import io.headwater.command.platform.KeyDigest;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/// How the text of a secret becomes the bytes of a key.
enum SecretForm {
    /// its own characters
    TEXT("must not be blank, nor the digest of another secret"),
    /// a key that travels as it is, and that only a digest is kept of
    SHARED_KEY("must have at least " + KeyDigest.SHORTEST + " characters"),
    HEX("must be hexadecimal"),
    BASE64("must be base64"),
    /// Standard Webhooks, symmetric
    WHSEC("must be whsec_ and 24 to 64 bytes in base64"),
    /// Standard Webhooks, the public key of Ed25519
    WHPK("must be whpk_ and the 32 bytes of an Ed25519 public key in base64");

    private final String rule;

    SecretForm(String rule) {
        this.rule = rule;
    }

    /// What is wrong with a secret that has another form.
    String rule() {
        return rule;
    }

    /// @return what is kept of a secret of this form
    String kept(String secret) {
        return this == SHARED_KEY ? KeyDigest.of(secret) : secret;
    }

    /// @param kept as [#kept] returned it, maybe of another form
    /// @return null when it was another form's
    byte @Nullable [] key(String kept) {
        if (this == SHARED_KEY) {
            return KeyDigest.is(kept) ? KeyDigest.bytes(kept) : null;
        }
        return decode(kept);
    }

    /// @param secret as it was given
    /// @return null when the text has another form
    byte @Nullable [] decode(String secret) {
        return switch (this) {
            case TEXT -> secret.isBlank() || KeyDigest.is(secret) ? null : utf8(secret);
            case SHARED_KEY -> secret.length() < KeyDigest.SHORTEST ? null : utf8(secret);
            case HEX -> hex(secret);
            case BASE64 -> base64("", secret, 1, Integer.MAX_VALUE);
            case WHSEC -> base64("whsec_", secret, 24, 64);
            case WHPK -> base64("whpk_", secret, 32, 32);
        };
    }

    private static byte[] utf8(String secret) {
        return secret.getBytes(StandardCharsets.UTF_8);
    }

    private static byte @Nullable [] hex(String secret) {
        try {
            return secret.isEmpty() ? null : HexFormat.of().parseHex(secret);
        } catch (IllegalArgumentException notHex) {
            return null;
        }
    }

    private static byte @Nullable [] base64(String prefix, String secret, int least, int most) {
        if (!secret.startsWith(prefix)) {
            return null;
        }
        try {
            byte[] key = Base64.getDecoder().decode(secret.substring(prefix.length()));
            return key.length < least || key.length > most ? null : key;
        } catch (IllegalArgumentException notBase64) {
            return null;
        }
    }
}
