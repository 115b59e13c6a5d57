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
    private final ArchiveReader reader;

    public ArchiveEraser(Bucket bucket) {
        this.bucket = bucket;
        this.reader = new ArchiveReader(bucket);
    }

    /// @param first offset at which the range begins, as its manifest says
    /// @param reason for people; no personal data
    /// @throws ArchiveException.NotArchived when no range begins there
    /// @throws ArchiveException.Unavailable when the store does not answer: call it again
    public void erase(TopicPartition partition, long first, String reason, Instant at) {
        var range =
                reader.ranges(partition, first).stream()
                        .filter(one -> one.manifest().first() == first)
                        .findFirst()
                        .orElseThrow(() ->
                                new ArchiveException.NotArchived(
                                        "no range of %s begins at offset %d"
                                                .formatted(partition, first)));
        var manifest = range.manifest();
        String object = manifest.object();
        String sha256 = manifest.sha256();
        if (object == null || sha256 == null) {
            return;
        }
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
        try {
            bucket.putNew(
                    ArchiveKeys.tombstone(partition, first),
                    Json.bytes(tombstone),
                    ArchiveKeys.JSON);
            bucket.delete(object);
        } catch (IOException away) {
            throw new ArchiveException.Unavailable(
                    "the range is not erased yet: " + away.getMessage(), away);
        }
    }
}
