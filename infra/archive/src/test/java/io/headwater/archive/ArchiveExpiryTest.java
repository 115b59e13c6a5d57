package io.headwater.archive;

import static io.headwater.archive.Logs.PARTITION;
import static io.headwater.archive.Logs.publish;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// What is older than the archive is to keep goes from its beginning on, and everybody is told.
class ArchiveExpiryTest {

    private static final Duration KEEP = Duration.ofDays(90);
    private static final int MANY = 100;

    private final MemoryBucket bucket = new MemoryBucket();
    private final ArchiveReader reader = new ArchiveReader(bucket);
    private final ArchiveExpiry expiry = new ArchiveExpiry(bucket);

    @BeforeEach
    void fiveRanges() throws IOException {
        publish(bucket, 0, 50);
    }

    @Test
    void oldestRangesGoAndTheChainHolds() throws IOException {
        assertThat(expiry.expire(PARTITION, KEEP, whenOldUpTo(30), MANY)).isEqualTo(3);
        // once more changes nothing
        assertThat(expiry.expire(PARTITION, KEEP, whenOldUpTo(30), MANY)).isZero();

        assertThat(reader.start(PARTITION))
                .contains(new ArchiveStart(0, 30, "expired: kept for 90 days"));
        assertThat(offsets(0)).isEqualTo(expected(30, 50));
        assertThat(objects()).hasSize(2);
        assertThat(verify())
                .contains("all is well")
                .containsOnlyOnce("gone ")
                .contains("gone     0 … 29: expired: kept for 90 days");
        publish(bucket, 0, 60);
        assertThat(offsets(30)).isEqualTo(expected(30, 60));
    }

    /// A range goes when its newest record may.
    @Test
    void rangeStaysAsLongAsOneOfItsRecords() {
        assertThat(expiry.expire(PARTITION, KEEP, whenOldUpTo(29), MANY)).isEqualTo(2);
        assertThat(expiry.expire(PARTITION, KEEP, whenOldUpTo(30), MANY)).isOne();
        assertThat(expiry.expire(PARTITION, KEEP, whenOldUpTo(38), MANY)).isZero();
        assertThat(expiry.expire(PARTITION, KEEP, whenOldUpTo(39), MANY)).isOne();
        assertThat(offsets(0)).isEqualTo(expected(40, 50));
    }

    @Test
    void noMoreGoAtATimeThanIsSaid() {
        assertThat(expiry.expire(PARTITION, KEEP, whenOldUpTo(50), 2)).isEqualTo(2);
        assertThat(expiry.expire(PARTITION, KEEP, whenOldUpTo(50), 2)).isEqualTo(2);
        assertThat(expiry.expire(PARTITION, KEEP, whenOldUpTo(50), 2)).isOne();
    }

    @Test
    void everythingMayExpireAndTheArchiveGoesOn() throws IOException {
        assertThat(expiry.expire(PARTITION, KEEP, whenOldUpTo(50), MANY)).isEqualTo(5);

        assertThat(offsets(0)).isEmpty();
        assertThat(objects()).isEmpty();
        assertThat(reader.end(PARTITION).next()).isEqualTo(50);
        assertThat(reader.start(PARTITION).orElseThrow().kept()).isEqualTo(50);
        publish(bucket, 50, 60);
        assertThat(offsets(50)).isEqualTo(expected(50, 60));
        verify();
    }

    @Test
    void stoppedAtAnyStepItIsRepeated() {
        var now = whenOldUpTo(30);
        for (int steps = 0; steps < 6; steps++) {
            bucket.putsLeft = steps % 2;
            bucket.deletesLeft = (steps + 1) % 2;
            try {
                expiry.expire(PARTITION, KEEP, now, MANY);
            } catch (ArchiveException.Unavailable stopped) {
                // given: it was stopped before a tombstone, or between one and its object
            }
            bucket.putsLeft = -1;
            bucket.deletesLeft = -1;
            verify();
        }

        expiry.expire(PARTITION, KEEP, now, MANY);

        assertThat(objects()).hasSize(2);
        assertThat(offsets(0)).isEqualTo(expected(30, 50));
    }

    @Test
    void objectsThatATombstoneCondemnsGoAlsoLater() {
        expiry.expire(PARTITION, KEEP, whenOldUpTo(20), MANY);
        // of a writer that woke up, with another end than the one that was published
        bucket.objects.put(ArchiveKeys.records(PARTITION, 10, 14), new byte[] {1});
        bucket.objects.put(ArchiveKeys.records(PARTITION, 0, 9), new byte[] {1});

        expiry.expire(PARTITION, KEEP, whenOldUpTo(20), MANY);

        assertThat(objects()).hasSize(3);
    }

    @Test
    void whatExpiresWhileItIsReadIsNoDamage() {
        var stream = reader.read(PARTITION, 0, _ -> {});
        assertThat(stream.next().offset()).isZero();

        expiry.expire(PARTITION, KEEP, whenOldUpTo(30), MANY);

        assertThatThrownBy(() -> stream.forEachRemaining(_ -> {}))
                .isInstanceOf(ArchiveException.NotArchived.class)
                .hasMessageContaining("10…19 was taken away since this was begun");
        verify();
    }

    @Test
    void whatWasErasedBeforeIsPassed() {
        new ArchiveEraser(bucket).erase(PARTITION, 10, "asked for", Instant.EPOCH);

        assertThat(expiry.expire(PARTITION, KEEP, whenOldUpTo(30), MANY)).isEqualTo(2);

        assertThat(verify()).contains("gone     10 … 19: asked for", "gone     20 … 29: expired");
        assertThat(reader.start(PARTITION).orElseThrow().kept()).isEqualTo(30);
    }

    @Test
    void brokenChainIsNotTouched() {
        bucket.objects.remove(ArchiveKeys.manifest(PARTITION, 10));

        assertThatThrownBy(() -> expiry.expire(PARTITION, KEEP, whenOldUpTo(50), MANY))
                .isInstanceOf(ArchiveException.BrokenChain.class);
        assertThat(objects()).hasSize(4);
    }

    /// The moment at which the records before this offset are older than what is kept.
    private static Instant whenOldUpTo(long offset) {
        return Instant.ofEpochMilli(1_700_000_000_000L + offset).plus(KEEP);
    }

    private List<String> objects() {
        return bucket.objects.keySet().stream().filter(ArchiveKeys::isRecords).toList();
    }

    private String verify() {
        var out = new ByteArrayOutputStream();
        assertThat(new VerifyCommand(reader, new PrintStream(out, true)).run()).isZero();
        return out.toString(StandardCharsets.UTF_8);
    }

    private List<Long> offsets(long from) {
        var offsets = new ArrayList<Long>();
        reader.read(PARTITION, from, _ -> {}).forEachRemaining(one -> offsets.add(one.offset()));
        return offsets;
    }

    private static List<Long> expected(long first, long next) {
        return Logs.records(first, next).stream().map(one -> one.offset()).toList();
    }
}
