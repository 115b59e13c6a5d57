package io.headwater.archive;

import io.headwater.archive.s3.Bucket;
import io.headwater.schema.SchemaIds;
import io.headwater.schema.SchemaIds.UnknownSchemaException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.avro.Schema;
import org.jspecify.annotations.Nullable;

/// Publishes closed ranges: schemas, then the object, read back, then the manifest, which is what
/// makes the range part of the archive. Whatever stops it in between, it is done again and nothing
/// is there twice: readers go by manifests, and of two for one offset only the first is taken.
public final class ArchiveWriter {

    private final Bucket bucket;
    private final EpochClaims epochs;
    private final SchemaIds schemas;
    private final Set<String> prepared = ConcurrentHashMap.newKeySet();
    private final Set<Integer> stored = ConcurrentHashMap.newKeySet();

    public ArchiveWriter(Bucket bucket, SchemaIds schemas) {
        this.bucket = bucket;
        this.epochs = new EpochClaims(bucket);
        this.schemas = schemas;
    }

    /// Makes the bucket when it is missing, and keeps how many partitions a topic has: one that is
    /// empty has no ranges, and keys would go elsewhere without it.
    ///
    /// @param epoch of the log, which no later restore must be given again
    /// @throws IOException when the store does not answer
    public void prepare(String topic, int partitions, int epoch) throws IOException {
        if (prepared.contains(topic)) {
            return;
        }
        bucket.prepare();
        epochs.note(epoch);
        bucket.put(
                ArchiveKeys.topic(topic),
                Json.bytes(new ArchivedTopic(topic, partitions)),
                ArchiveKeys.JSON);
        prepared.add(topic);
    }

    /// Keeps the schemas of these ids in the archive.
    ///
    /// @param wireIds as they stand in values
    /// @return those that the registry knows: a value that is not ours may begin like one of ours
    /// @throws IOException when the registry or the store does not answer
    public List<Integer> storeSchemas(List<Integer> wireIds) throws IOException {
        var known = new ArrayList<Integer>();
        for (int id : wireIds) {
            if (stored.contains(id)) {
                known.add(id);
                continue;
            }
            try {
                store(id, schemas.schemaOf(id));
                stored.add(id);
                known.add(id);
            } catch (UnknownSchemaException notOurs) {
                // the record is kept as it is, and as readable as it was
            }
        }
        return known;
    }

    /// @return the end of the chain after it; null when another writer published a range with this
    ///   beginning and another end: go on from [ArchiveReader#end]
    /// @throws IOException when the store does not answer: publish it again
    public @Nullable ChainEnd publish(ClosedRange range) throws IOException {
        var manifest = range.manifest();
        byte[] object = range.object();
        if (object != null && manifest.object() != null) {
            bucket.put(manifest.object(), object, ArchiveKeys.AVRO);
            byte[] read = bucket.get(manifest.object()).orElse(new byte[0]);
            if (!Arrays.equals(object, read)) {
                throw new IOException(
                        "%s reads back as %d other bytes than the %d written"
                                .formatted(manifest.object(), read.length, object.length));
            }
        }
        byte[] json = manifest.toJson();
        if (!bucket.putNew(manifest.key(), json, ArchiveKeys.JSON)) {
            byte[] published =
                    bucket.get(manifest.key())
                            .orElseThrow(() ->
                                    new IOException(
                                            manifest.key() + " is there and cannot be read"));
            if (!Arrays.equals(json, published)) {
                return null;
            }
        }
        return new ChainEnd(manifest.next(), Sha256.of(json));
    }

    private void store(int id, Schema schema) throws IOException {
        bucket.putNew(
                ArchiveKeys.schema(id),
                (schema.toString(true) + "\n").getBytes(StandardCharsets.UTF_8),
                ArchiveKeys.JSON);
    }
}
