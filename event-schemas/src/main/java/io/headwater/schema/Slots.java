package io.headwater.schema;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import java.util.random.RandomGenerator;
import org.apache.kafka.common.utils.Utils;

/// Routing of visits: a visitor and all of its sessions share one of 4,096 slots, and a slot lives
/// in one partition, so that a fold over a visitor needs no repartitioning.
///
/// A session id is a UUID of version 8 laid out like version 7: 48 bits of Unix milliseconds,
/// version, **12 bits of slot**, variant, 62 random bits. Ids made elsewhere are hashed to a slot.
public final class Slots {

    public static final int COUNT = 4096;

    private static final int VERSION = 8;

    private Slots() {}

    /// @return 0 to 4,095
    public static int slotOfVisitor(String visitorId) {
        return hash(visitorId);
    }

    /// @return the slot inside an id made by [#newSessionId], else a hash of the text
    public static int slotOfSession(String sessionId) {
        if (sessionId.length() == 36 && sessionId.charAt(14) == '0' + VERSION) {
            try {
                return (int) (UUID.fromString(sessionId).getMostSignificantBits() & 0xFFF);
            } catch (IllegalArgumentException notOurs) {
                return hash(sessionId);
            }
        }
        return hash(sessionId);
    }

    public static int partition(int slot, int partitions) {
        return slot % partitions;
    }

    /// @param at becomes the creation date inside the id, in milliseconds
    public static String newSessionId(String visitorId, Instant at, RandomGenerator random) {
        long most = (at.toEpochMilli() << 16) | (VERSION << 12) | slotOfVisitor(visitorId);
        long least = (random.nextLong() & 0x3FFF_FFFF_FFFF_FFFFL) | 0x8000_0000_0000_0000L;
        return new UUID(most, least).toString();
    }

    /// @return the creation date inside an id made by [#newSessionId]; empty for ids made elsewhere
    public static Optional<Instant> createdAt(String sessionId) {
        if (sessionId.length() != 36 || sessionId.charAt(14) != '0' + VERSION) {
            return Optional.empty();
        }
        try {
            long most = UUID.fromString(sessionId).getMostSignificantBits();
            return Optional.of(Instant.ofEpochMilli(most >>> 16));
        } catch (IllegalArgumentException notOurs) {
            return Optional.empty();
        }
    }

    private static int hash(String text) {
        return Utils.toPositive(Utils.murmur2(text.getBytes(StandardCharsets.UTF_8))) % COUNT;
    }
}
