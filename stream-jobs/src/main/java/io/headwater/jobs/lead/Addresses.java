package io.headwater.jobs.lead;

import io.headwater.events.Pii;
import io.headwater.schema.PersonalData;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/// Addresses as they are compared: hashed, and an IPv6 address by its /64, which is one
/// household's.
final class Addresses {

    private static final int BYTES = 8;

    private Addresses() {}

    /// @return 16 hex digits; null when there is no address
    static @Nullable String hash(@Nullable Pii address) {
        String text = PersonalData.open(address);
        if (text == null) {
            return null;
        }
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        try {
            if (InetAddress.ofLiteral(text) instanceof Inet6Address six) {
                bytes = Arrays.copyOf(six.getAddress(), 8);
            }
        } catch (IllegalArgumentException noAddress) {
            // compared as it is
        }
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(bytes);
            return HexFormat.of().formatHex(digest, 0, BYTES);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
