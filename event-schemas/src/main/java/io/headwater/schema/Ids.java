package io.headwater.schema;

import java.time.Instant;
import java.util.Optional;
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

    /// @return when the id was made, to the millisecond; empty when it is no UUID of version 7
    public static Optional<Instant> madeAt(String id) {
        if (id.length() != 36) {
            return Optional.empty();
        }
        try {
            var uuid = UUID.fromString(id);
            return uuid.version() == 7
                    ? Optional.of(Instant.ofEpochMilli(uuid.getMostSignificantBits() >>> 16))
                    : Optional.empty();
        } catch (IllegalArgumentException noUuid) {
            return Optional.empty();
        }
    }
}
