package io.headwater.command.intake;

import java.time.Instant;
import java.util.UUID;
import java.util.random.RandomGenerator;

/// Ids that sort by time: UUID version 7.
///
/// source: RFC 9562, section 5.7
public final class Ids {

    private Ids() {}

    public static String next(Instant at, RandomGenerator random) {
        long most = (at.toEpochMilli() << 16) | 0x7000L | (random.nextLong() & 0xFFFL);
        long least = (random.nextLong() & 0x3FFF_FFFF_FFFF_FFFFL) | 0x8000_0000_0000_0000L;
        return new UUID(most, least).toString();
    }
}
