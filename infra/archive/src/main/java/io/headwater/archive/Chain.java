package io.headwater.archive;

import io.headwater.archive.s3.Bucket;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.NoSuchElementException;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/// The ranges of a partition, one after the other: each manifest is read when its turn comes, and
/// its link to the one before is looked at.
final class Chain {

    private final Bucket bucket;
    private final TopicPartition partition;
    private final Listing listing;
    private int at;
    private @Nullable Range before;

    /// @param from the first range given out holds it, or is the first there is
    Chain(Bucket bucket, TopicPartition partition, Listing listing, long from) {
        this.bucket = bucket;
        this.partition = partition;
        this.listing = listing;
        var manifests = listing.manifests();
        while (at + 1 < manifests.size() && ArchiveKeys.first(manifests.get(at + 1)) <= from) {
            at++;
        }
    }

    boolean hasNext() {
        return at < listing.manifests().size();
    }

    /// @throws ArchiveException.BrokenChain when it does not follow the one before
    /// @throws ArchiveException.DamagedObject when a manifest or tombstone is not what was written
    /// @throws IOException when the store does not answer
    Range next() throws IOException {
        if (!hasNext()) {
            throw new NoSuchElementException();
        }
        String key = listing.manifests().get(at);
        byte[] json = require(key);
        var manifest = Manifest.parse(key, json);
        requireLink(key, manifest);
        String hash = Sha256.of(json);
        var range =
                new Range(
                        manifest,
                        hash,
                        tombstone(listing.tombstones().get(manifest.first()), hash));
        before = range;
        at++;
        return range;
    }

    private void requireLink(String key, Manifest manifest) {
        var previous = before;
        if (previous == null) {
            if (at == 0 && manifest.previous() != null) {
                throw new ArchiveException.BrokenChain(
                        "%s is the first manifest of %s and names one before it: manifests are missing"
                                .formatted(key, partition));
            }
            return;
        }
        if (previous.manifest().next() != manifest.first()) {
            throw new ArchiveException.BrokenChain(
                    "after offset %d of %s comes %s: the manifests between are missing"
                            .formatted(previous.manifest().last(), partition, key));
        }
        if (!previous.sha256().equals(manifest.previous())) {
            throw new ArchiveException.BrokenChain(
                    "%s was written after another %s than the one that is there: one of the two was changed"
                            .formatted(key, previous.manifest().key()));
        }
    }

    private @Nullable Tombstone tombstone(@Nullable String key, String manifestHash)
            throws IOException {
        if (key == null) {
            return null;
        }
        var tombstone = Json.read(key, require(key), Tombstone.class);
        if (!tombstone.manifestSha256().equals(manifestHash)) {
            throw new ArchiveException.DamagedObject(key + " is for another manifest");
        }
        return tombstone;
    }

    private byte[] require(String key) throws IOException {
        return bucket.get(key)
                .orElseThrow(() ->
                        new ArchiveException.MissingObject(key + " was listed and is not there"));
    }

    /// All that are left.
    List<Range> rest() throws IOException {
        var ranges = new ArrayList<Range>();
        while (hasNext()) {
            ranges.add(next());
        }
        return ranges;
    }
}
