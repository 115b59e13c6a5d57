package io.headwater.archive;

import io.headwater.archive.s3.Bucket;
import java.io.IOException;
import java.time.Instant;
import org.apache.kafka.common.TopicPartition;

/// Takes the records of a range away and leaves a tombstone. The manifest stays as it is, so the
/// chain holds; the tombstone is there before the object goes, so a reader never finds neither.
/// Safe to repeat: the first tombstone stays.
public final class ArchiveEraser {

    private final Bucket bucket;

    public ArchiveEraser(Bucket bucket) {
        this.bucket = bucket;
    }

    /// @param first offset at which the range begins, as its manifest says
    /// @param reason for people; no personal data
    /// @throws ArchiveException.NotArchived when no range begins there
    /// @throws ArchiveException.Unavailable when the store does not answer: call it again
    public void erase(TopicPartition partition, long first, String reason, Instant at) {
        try {
            erase(range(partition, first), reason, at);
        } catch (IOException away) {
            throw new ArchiveException.Unavailable(
                    "the range is not erased yet: " + away.getMessage(), away);
        }
    }

    /// @throws IOException when the store does not answer: call it again
    void erase(Range range, String reason, Instant at) throws IOException {
        var manifest = range.manifest();
        String object = manifest.object();
        String sha256 = manifest.sha256();
        if (object == null || sha256 == null) {
            return;
        }
        var partition = manifest.topicPartition();
        var tombstone =
                new Tombstone(
                        manifest.topic(),
                        manifest.partition(),
                        manifest.first(),
                        manifest.last(),
                        manifest.count(),
                        range.sha256(),
                        sha256,
                        reason,
                        at.toString());
        bucket.putNew(
                ArchiveKeys.tombstone(partition, manifest.first()),
                Json.bytes(tombstone),
                ArchiveKeys.JSON);
        // also of writers that were stopped before they published: it may hold the same records
        for (String key : bucket.list(ArchiveKeys.recordsFrom(partition, manifest.first()), "")) {
            bucket.delete(key);
        }
    }

    private Range range(TopicPartition partition, long first) throws IOException {
        var chain = new Chain(bucket, partition, Listing.of(bucket, partition), first);
        var range = chain.hasNext() ? chain.next() : null;
        if (range == null || range.manifest().first() != first) {
            throw new ArchiveException.NotArchived(
                    "no range of %s begins at offset %d".formatted(partition, first));
        }
        return range;
    }
}
