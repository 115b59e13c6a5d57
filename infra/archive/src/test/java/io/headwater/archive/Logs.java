package io.headwater.archive;

import io.headwater.schema.SchemaIds;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.avro.SchemaBuilder;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.jspecify.annotations.Nullable;

/// Records as a consumer gives them, and an archive made of them.
final class Logs {

    static final TopicPartition PARTITION = new TopicPartition("lead.events.v1", 2);
    static final int SCHEMA_ID = 1;

    private Logs() {}

    static ConsumerRecord<byte[], byte[]> record(long offset) {
        return record(
                offset, ("key-" + offset % 7).getBytes(StandardCharsets.UTF_8), value(offset));
    }

    @SuppressWarnings("NullAway") // a record may have no key and no value
    static ConsumerRecord<byte[], byte[]> record(
            long offset, byte @Nullable [] key, byte @Nullable [] value) {
        var headers = new RecordHeaders();
        headers.add("trace", ("t" + offset).getBytes(StandardCharsets.UTF_8));
        headers.add("none", null);
        return new ConsumerRecord<>(
                PARTITION.topic(),
                PARTITION.partition(),
                offset,
                1_700_000_000_000L + offset,
                TimestampType.CREATE_TIME,
                key == null ? -1 : key.length,
                value == null ? -1 : value.length,
                key,
                value,
                headers,
                Optional.empty());
    }

    static byte[] value(long offset) {
        return ByteBuffer.allocate(13).put((byte) 0).putInt(SCHEMA_ID).putLong(offset).array();
    }

    static List<ConsumerRecord<byte[], byte[]>> records(long first, long next) {
        var records = new ArrayList<ConsumerRecord<byte[], byte[]>>();
        for (long offset = first; offset < next; offset++) {
            // as a transaction of three leaves them
            if (offset % 4 != 3) {
                records.add(record(offset));
            }
        }
        return records;
    }

    /// One schema, with the id of the values here.
    static SchemaIds schemas() {
        var ids = SchemaIds.inMemory();
        try {
            ids.idOf("", SchemaBuilder.record("Something").fields().requiredLong("n").endRecord());
        } catch (IOException impossible) {
            throw new IllegalStateException(impossible);
        }
        return ids;
    }

    /// Publishes ranges of ten offsets.
    static ChainEnd publish(MemoryBucket bucket, long first, long next) throws IOException {
        var writer = new ArchiveWriter(bucket, schemas());
        writer.prepare(PARTITION.topic(), 4, 1);
        var end = new ArchiveReader(bucket).end(PARTITION);
        long at = Math.max(first, end.next());
        while (at < next) {
            var range = new RangeBuilder(PARTITION, at, end.sha256(), 10, Long.MAX_VALUE);
            long until = Math.min(next, range.fullAt(Long.MAX_VALUE));
            records(at, until).forEach(range::add);
            var published =
                    writer.publish(range.close(until, writer.storeSchemas(range.wireIds())));
            if (published == null) {
                throw new IllegalStateException("another writer was here");
            }
            end = published;
            at = until;
        }
        return end;
    }
}
