package io.headwater.command.tracking;

import io.headwater.command.platform.Sha256;

/// Ids that follow from what a browser is.
///
/// source: contract.md section 1
final class Identity {

    private Identity() {}

    static String visitorId(String fingerprintId) {
        return Sha256.hex("visitor:" + fingerprintId);
    }

    static String deviceId(String userAgent, String fingerprintId) {
        return Sha256.hex("device:" + userAgent + "|" + fingerprintId);
    }
}
