package io.headwater.archive;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import java.util.List;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/// What a closed range is: written once, when its object is complete, and never changed. Its own
/// SHA-256 stands in the next one, so that the manifests of a partition are a chain.
///
/// @param format of this manifest and its object; 1
/// @param first offset at which the range begins: the `next` of the one before
/// @param last `next - 1`; offsets without a record are of transaction markers and aborted records
/// @param next offset at which the next range begins
/// @param count of records
/// @param bytes length of the object; 0 without one
/// @param object key of the records; null when there is none in these offsets
/// @param sha256 of the object, null without one
/// @param schemaIds of the schemas that the values were written with, ascending
/// @param firstTimestamp lowest timestamp of a record, epoch milliseconds; null without records
/// @param lastTimestamp highest, likewise
/// @param lost why offsets that held records hold none here; null: nothing was lost
/// @param previous SHA-256 of the manifest before, as it is stored; null: this is the first
@JsonPropertyOrder({
    "format",
    "topic",
    "partition",
    "first",
    "last",
    "next",
    "count",
    "bytes",
    "object",
    "sha256",
    "schema_ids",
    "first_timestamp",
    "last_timestamp",
    "lost",
    "previous"
})
public record Manifest(
        int format,
        String topic,
        int partition,
        long first,
        long last,
        long next,
        long count,
        long bytes,
        @Nullable String object,
        @Nullable String sha256,
        @JsonProperty("schema_ids") List<Integer> schemaIds,
        @JsonProperty("first_timestamp") @Nullable Long firstTimestamp,
        @JsonProperty("last_timestamp") @Nullable Long lastTimestamp,
        @Nullable String lost,
        @Nullable String previous) {

    static final int FORMAT = 1;

    public Manifest {
        schemaIds = List.copyOf(schemaIds);
    }

    TopicPartition topicPartition() {
        return new TopicPartition(topic, partition);
    }

    String key() {
        return ArchiveKeys.manifest(topicPartition(), first);
    }

    /// For messages.
    String name() {
        return topic + "-" + partition + " " + first + "…" + last;
    }

    byte[] toJson() {
        return Json.bytes(this);
    }

    /// @throws ArchiveException.DamagedObject when it is none
    static Manifest parse(String key, byte[] json) {
        var manifest = Json.read(key, json, Manifest.class);
        if (manifest.format() != FORMAT) {
            throw new ArchiveException.DamagedObject(
                    "manifest %s is of format %d and this version reads %d: use the version that wrote it"
                            .formatted(key, manifest.format(), FORMAT));
        }
        if (!manifest.key().equals(key)
                || manifest.next() <= manifest.first()
                || manifest.last() != manifest.next() - 1
                || manifest.count() < 0
                || manifest.count() > manifest.next() - manifest.first()
                || (manifest.object() == null) != (manifest.sha256() == null)
                || (manifest.object() == null) != (manifest.count() == 0)) {
            throw new ArchiveException.DamagedObject("manifest " + key + " contradicts itself");
        }
        return manifest;
    }
}
