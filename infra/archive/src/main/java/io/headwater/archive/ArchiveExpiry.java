package io.headwater.archive;

import io.headwater.archive.s3.Bucket;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import org.apache.kafka.common.TopicPartition;

/// Takes the oldest ranges of a partition away when all of their records are older than the archive
/// is to keep: always from its beginning on, so that what is left has no hole.
///
/// Each range goes as [ArchiveEraser] takes it: its tombstone first, then its object. Stopped
/// anywhere it is called again: tombstones stay as they are, and objects that they condemn are
/// deleted first.
public final class ArchiveExpiry {

    private final Bucket bucket;
    private final ArchiveEraser eraser;

    public ArchiveExpiry(Bucket bucket) {
        this.bucket = bucket;
        this.eraser = new ArchiveEraser(bucket);
    }

    /// @param keep of a range after the timestamp of its newest record
    /// @param most ranges that may go in this call
    /// @return ranges that were taken away by this call; `most`: there may be more
    /// @throws ArchiveException when the chain is broken: nothing behind that is touched
    /// @throws ArchiveException.Unavailable when the store does not answer: call it again
    public int expire(TopicPartition partition, Duration keep, Instant now, int most) {
        try {
            var listing = Listing.of(bucket, partition);
            for (String key : listing.condemned()) {
                bucket.delete(key);
            }
            return expire(
                    new Chain(bucket, partition, listing, firstUntouched(listing)),
                    "expired: kept for " + days(keep),
                    now.minus(keep).toEpochMilli(),
                    now,
                    most);
        } catch (IOException away) {
            throw new ArchiveException.Unavailable(
                    "ranges of %s are not expired yet: %s".formatted(partition, away.getMessage()),
                    away);
        }
    }

    private int expire(Chain chain, String reason, long oldest, Instant now, int most)
            throws IOException {
        int expired = 0;
        while (expired < most && chain.hasNext()) {
            var range = chain.next();
            Long newest = range.manifest().lastTimestamp();
            if (range.isGone() || newest == null) {
                continue;
            }
            if (newest >= oldest) {
                break;
            }
            eraser.erase(range, reason, now);
            expired++;
        }
        return expired;
    }

    /// So that manifests of ranges that expired long ago are not read each time.
    private static long firstUntouched(Listing listing) {
        return listing.manifests().stream()
                .map(ArchiveKeys::first)
                .filter(first -> !listing.tombstones().containsKey(first))
                .findFirst()
                .orElse(Long.MAX_VALUE);
    }

    /// The same words for the same setting: what is told of ranges that touch is told once.
    private static String days(Duration keep) {
        return keep.equals(Duration.ofDays(keep.toDays()))
                ? keep.toDays() + " days"
                : keep.toString();
    }
}
