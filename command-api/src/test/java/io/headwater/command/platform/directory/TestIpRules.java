package io.headwater.command.platform.directory;

import java.time.Instant;

/// Lists for tests of other packages.
public final class TestIpRules {

    private TestIpRules() {}

    /// @return a list with one line that never ends
    public static IpRules of(String range, IpRules.Verdict verdict) {
        return IpRules.EMPTY.with(
                new IpEntry(
                        "e1", IpRange.parse(range), verdict, "test", null, Instant.EPOCH, "system"),
                Instant.EPOCH);
    }
}
