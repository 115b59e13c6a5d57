package io.headwater.command.tracking;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/// Ids that follow from what a browser is.
///
/// source: contract.md section 1
final class Identity {

    private Identity() {}

    static String visitorId(String fingerprintId) {
        return sha256("visitor:" + fingerprintId);
    }

    static String deviceId(String userAgent, String fingerprintId) {
        return sha256("device:" + userAgent + "|" + fingerprintId);
    }

    private static String sha256(String text) {
        try {
            return HexFormat.of()
                    .formatHex(
                            MessageDigest.getInstance("SHA-256")
                                    .digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
