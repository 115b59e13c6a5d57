package io.headwater.archive;

import io.headwater.archive.s3.Bucket;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.apache.avro.Schema;
import org.apache.avro.SchemaParseException;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/// Reads what [ArchiveWriter] published, and believes nothing: links of the chain and hashes are
/// looked at before records are given out.
///
/// Every method throws [ArchiveException.Unavailable] when the store does not answer.
public final class ArchiveReader {

    private final Bucket bucket;

    public ArchiveReader(Bucket bucket) {
        this.bucket = bucket;
    }

    /// @return the topics that are archived, by name
    /// @throws ArchiveException.MissingObject when how many partitions one has is not kept
    public List<ArchivedTopic> topics() {
        return ask(() -> {
            var topics = new ArrayList<ArchivedTopic>();
            for (String folder : bucket.folders(ArchiveKeys.LOG)) {
                String name = folder.substring(ArchiveKeys.LOG.length(), folder.length() - 1);
                String key = ArchiveKeys.topic(name);
                byte[] json =
                        bucket.get(key)
                                .orElseThrow(() ->
                                        new ArchiveException.MissingObject(
                                                key
                                                        + " is not there: it says how many partitions the topic had"));
                topics.add(Json.read(key, json, ArchivedTopic.class));
            }
            return topics;
        });
    }

    /// @return the partitions that have a folder, by topic and number
    public List<TopicPartition> partitions() {
        return ask(() -> {
            var found = new ArrayList<TopicPartition>();
            for (String topic : bucket.folders(ArchiveKeys.LOG)) {
                for (String folder : bucket.folders(topic)) {
                    found.add(partition(topic, folder));
                }
            }
            found.sort(
                    java.util.Comparator.comparing(TopicPartition::topic)
                            .thenComparing(TopicPartition::partition));
            return found;
        });
    }

    /// @return the end of the newest range; [ChainEnd#NOTHING] without one
    public ChainEnd end(TopicPartition partition) {
        return ask(() -> {
            var keys = manifestKeys(partition);
            if (keys.isEmpty()) {
                return ChainEnd.NOTHING;
            }
            byte[] json = require(keys.getLast());
            return new ChainEnd(Manifest.parse(keys.getLast(), json).next(), Sha256.of(json));
        });
    }

    /// @return the offset at which the archive of the partition begins; empty when there is none
    public Optional<Long> first(TopicPartition partition) {
        return ask(() -> manifestKeys(partition).stream().findFirst().map(ArchiveKeys::first));
    }

    /// The ranges from the one that holds an offset to the newest, each with its link looked at.
    ///
    /// @param from the first range given out holds it, or is the first there is
    /// @throws ArchiveException.BrokenChain when one does not follow the one before it
    /// @throws ArchiveException.DamagedObject when a manifest or tombstone is not what was written
    public List<Range> ranges(TopicPartition partition, long from) {
        return ask(() -> {
            var manifests = new ArrayList<String>();
            var tombstones = new TreeMap<Long, String>();
            for (String key : bucket.list(ArchiveKeys.folder(partition), "")) {
                if (ArchiveKeys.isManifest(key)) {
                    manifests.add(key);
                } else if (ArchiveKeys.isTombstone(key)) {
                    tombstones.put(ArchiveKeys.first(key), key);
                }
            }
            int begin = 0;
            while (begin + 1 < manifests.size()
                    && ArchiveKeys.first(manifests.get(begin + 1)) <= from) {
                begin++;
            }
            var ranges = new ArrayList<Range>();
            Range before = null;
            for (String key :
                    manifests.subList(Math.min(begin, manifests.size()), manifests.size())) {
                before = follow(partition, key, before, begin == 0, tombstones);
                ranges.add(before);
            }
            return ranges;
        });
    }

    /// The records from an offset to the end of the archive, in order. One object at a time is in
    /// memory.
    ///
    /// @param skipped told of each range whose records are not there any more, in its turn
    /// @throws ArchiveException.NotArchived when the archive begins behind `from`; what the stream
    ///   throws while it is read: [ArchiveException.MissingObject],
    ///   [ArchiveException.DamagedObject]
    public RecordStream read(TopicPartition partition, long from, Consumer<Range> skipped) {
        var ranges = ranges(partition, from);
        if (!ranges.isEmpty() && ranges.getFirst().manifest().first() > from) {
            throw new ArchiveException.NotArchived(
                    "the archive of %s begins at offset %d, after %d"
                            .formatted(partition, ranges.getFirst().manifest().first(), from));
        }
        return new RecordStream(this, ranges, from, skipped);
    }

    /// The records of one range, hash and count looked at.
    ///
    /// @return empty when its records are not there any more, or none ever were
    /// @throws ArchiveException.MissingObject when the object is not there and no tombstone either
    /// @throws ArchiveException.DamagedObject when it is not what was written
    public List<org.apache.kafka.clients.consumer.ConsumerRecord<byte[], byte[]>> records(
            Range range) {
        String key = range.manifest().object();
        if (key == null || range.tombstone() != null) {
            return List.of();
        }
        byte[] object =
                ask(() -> bucket.get(key))
                        .orElseThrow(() ->
                                new ArchiveException.MissingObject(
                                        "%s is not there, and no tombstone says why: get it back from a copy of the bucket, or put a tombstone in its place (docs/archive.md)"
                                                .formatted(key)));
        return RangeObject.read(range.manifest(), object);
    }

    /// @return every schema in the archive by its id
    /// @throws ArchiveException.DamagedObject when one cannot be parsed
    public TreeMap<Integer, Schema> schemas() {
        return ask(() -> {
            var schemas = new TreeMap<Integer, Schema>();
            for (String key : bucket.list(ArchiveKeys.SCHEMAS, "")) {
                try {
                    schemas.put(
                            ArchiveKeys.schemaId(key),
                            new Schema.Parser()
                                    .parse(
                                            new String(
                                                    require(key),
                                                    java.nio.charset.StandardCharsets.UTF_8)));
                } catch (SchemaParseException damaged) {
                    throw new ArchiveException.DamagedObject(
                            key + " is no Avro schema: " + damaged.getMessage(), damaged);
                }
            }
            return schemas;
        });
    }

    /// Objects of a partition that no manifest names: left by a writer that was stopped before it
    /// published, and of no meaning.
    public List<String> unpublished(TopicPartition partition) {
        return ask(() -> {
            var keys = bucket.list(ArchiveKeys.folder(partition), "");
            var named = new java.util.HashSet<String>();
            for (Range range : ranges(partition, 0)) {
                if (range.manifest().object() != null) {
                    named.add(range.manifest().object());
                }
            }
            return keys.stream()
                    .filter(ArchiveKeys::isRecords)
                    .filter(key -> !named.contains(key))
                    .toList();
        });
    }

    private Range follow(
            TopicPartition partition,
            String key,
            @Nullable Range before,
            boolean fromTheStart,
            TreeMap<Long, String> tombstones)
            throws IOException {
        byte[] json = require(key);
        var manifest = Manifest.parse(key, json);
        if (before == null && fromTheStart && manifest.previous() != null) {
            throw new ArchiveException.BrokenChain(
                    "%s is the first manifest of %s and names one before it: manifests are missing"
                            .formatted(key, partition));
        }
        if (before != null && before.manifest().next() != manifest.first()) {
            throw new ArchiveException.BrokenChain(
                    "after offset %d of %s comes %s: the manifests between are missing"
                            .formatted(before.manifest().last(), partition, key));
        }
        if (before != null && !before.sha256().equals(manifest.previous())) {
            throw new ArchiveException.BrokenChain(
                    "%s was written after another %s than the one that is there: one of the two was changed"
                            .formatted(key, before.manifest().key()));
        }
        String hash = Sha256.of(json);
        return new Range(manifest, hash, tombstone(tombstones.get(manifest.first()), hash));
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

    private List<String> manifestKeys(TopicPartition partition) throws IOException {
        return bucket.list(ArchiveKeys.folder(partition), "").stream()
                .filter(ArchiveKeys::isManifest)
                .toList();
    }

    private byte[] require(String key) throws IOException {
        return bucket.get(key)
                .orElseThrow(() ->
                        new ArchiveException.MissingObject(key + " was listed and is not there"));
    }

    private static TopicPartition partition(String topic, String folder) {
        try {
            return new TopicPartition(
                    topic.substring(ArchiveKeys.LOG.length(), topic.length() - 1),
                    Integer.parseInt(folder.substring(topic.length(), folder.length() - 1)));
        } catch (NumberFormatException other) {
            throw new ArchiveException.DamagedObject(
                    folder + " is no partition of the archive's; what is it?", other);
        }
    }

    private static <T> T ask(Question<T> question) {
        try {
            return question.ask();
        } catch (IOException away) {
            throw new ArchiveException.Unavailable(
                    "the archive cannot be read: " + away.getMessage(), away);
        }
    }

    private interface Question<T> {
        T ask() throws IOException;
    }
}
