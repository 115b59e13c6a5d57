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
            var keys = Listing.of(bucket, partition).manifests();
            if (keys.isEmpty()) {
                return ChainEnd.NOTHING;
            }
            byte[] json = require(keys.getLast());
            return new ChainEnd(Manifest.parse(keys.getLast(), json).next(), Sha256.of(json));
        });
    }

    /// @return where the archive of the partition begins; empty when there is none
    public Optional<ArchiveStart> start(TopicPartition partition) {
        return ask(() -> {
            var listing = Listing.of(bucket, partition);
            if (listing.manifests().isEmpty()) {
                return Optional.empty();
            }
            long first = ArchiveKeys.first(listing.manifests().getFirst());
            var chain = new Chain(bucket, partition, listing, lastOfCut(listing));
            long kept = first;
            String reason = "";
            while (chain.hasNext()) {
                var range = chain.next();
                if (!range.isGone()) {
                    return Optional.of(new ArchiveStart(first, range.manifest().first(), reason));
                }
                reason = range.reason();
                kept = range.manifest().next();
            }
            return Optional.of(new ArchiveStart(first, kept, reason));
        });
    }

    /// The newest of the ranges at the beginning that have tombstones, so that not all of them are
    /// read; the first one when it has none.
    private static long lastOfCut(Listing listing) {
        long last = ArchiveKeys.first(listing.manifests().getFirst());
        for (String key : listing.manifests()) {
            long first = ArchiveKeys.first(key);
            if (!listing.tombstones().containsKey(first)) {
                break;
            }
            last = first;
        }
        return last;
    }

    /// The ranges from the one that holds an offset to the newest, each with its link looked at.
    ///
    /// @param from the first range given out holds it, or is the first there is
    /// @throws ArchiveException.BrokenChain when one does not follow the one before it
    /// @throws ArchiveException.DamagedObject when a manifest or tombstone is not what was written
    public List<Range> ranges(TopicPartition partition, long from) {
        return ask(() -> new Chain(bucket, partition, Listing.of(bucket, partition), from).rest());
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
    /// @throws ArchiveException.NotArchived when they were taken away since the range was read
    /// @throws ArchiveException.MissingObject when the object is not there and no tombstone either
    /// @throws ArchiveException.DamagedObject when it is not what was written
    public List<org.apache.kafka.clients.consumer.ConsumerRecord<byte[], byte[]>> records(
            Range range) {
        String key = range.manifest().object();
        if (key == null || range.tombstone() != null) {
            return List.of();
        }
        byte[] object = ask(() -> bucket.get(key)).orElseThrow(() -> missing(range, key));
        return RangeObject.read(range.manifest(), object);
    }

    private ArchiveException missing(Range range, String key) {
        var manifest = range.manifest();
        String tombstone = ArchiveKeys.tombstone(manifest.topicPartition(), manifest.first());
        return ask(() -> bucket.get(tombstone)).isPresent()
                ? new ArchiveException.NotArchived(
                        "%s was taken away since this was begun: begin anew"
                                .formatted(manifest.name()))
                : new ArchiveException.MissingObject(
                        "%s is not there, and no tombstone says why: get it back from a copy of the bucket, or put a tombstone in its place (docs/archive.md)"
                                .formatted(key));
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
            var listing = Listing.of(bucket, partition);
            var named = new java.util.HashSet<String>();
            for (Range range : new Chain(bucket, partition, listing, 0).rest()) {
                if (range.manifest().object() != null) {
                    named.add(range.manifest().object());
                }
            }
            return listing.records().stream().filter(key -> !named.contains(key)).toList();
        });
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
