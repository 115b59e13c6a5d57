package io.headwater.archive;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.TreeSet;
import org.apache.avro.file.CodecFactory;
import org.apache.avro.file.DataFileWriter;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/// One range while it is open: its records, compressed as they come.
///
/// The same records make the same bytes. Where a range ends by its size is a function of its
/// records, too: at a multiple of `cutEvery`, or before the record that would make it longer than
/// `maxBytes`. Only a range that is closed for its age ends where a clock says so.
public final class RangeBuilder {

    private static final int LEVEL = 3;
    private static final int SYNC_INTERVAL = 256 << 10;
    private static final int SYNC_SIZE = 16;
    private static final int WIRE_HEADER = 5;

    private final TopicPartition partition;
    private final @Nullable String previous;
    private final long first;
    private final long boundary;
    private final long maxBytes;
    private final ByteArrayOutputStream compressed = new ByteArrayOutputStream();
    private final DataFileWriter<ConsumerRecord<byte[], byte[]>> writer;
    private final TreeSet<Integer> wireIds = new TreeSet<>();
    private long nextExpected;
    private long count;
    private long plainBytes;
    private long firstTimestamp = Long.MAX_VALUE;
    private long lastTimestamp = Long.MIN_VALUE;

    /// @param first offset at which it begins: the end of the archive of this partition
    /// @param previous SHA-256 of the newest manifest, null when there is none
    /// @param cutEvery ranges end at multiples of this offset
    /// @param maxBytes of keys, values and headers, before compression; one record may be larger
    public RangeBuilder(
            TopicPartition partition,
            long first,
            @Nullable String previous,
            long cutEvery,
            long maxBytes) {
        this.partition = partition;
        this.previous = previous;
        this.first = first;
        this.boundary = (first / cutEvery + 1) * cutEvery;
        this.maxBytes = maxBytes;
        this.nextExpected = first;
        this.writer = open(partition, first, compressed);
    }

    /// Takes a record, unless it belongs to the next range.
    ///
    /// @return false when this range ends before it, at [#fullAt]
    public boolean add(ConsumerRecord<byte[], byte[]> record) {
        if (record.offset() < nextExpected) {
            throw new IllegalArgumentException(
                    "offset " + record.offset() + " of " + partition + " after " + nextExpected);
        }
        long size = size(record);
        if (record.offset() >= boundary || (count > 0 && plainBytes + size > maxBytes)) {
            return false;
        }
        try {
            writer.append(record);
        } catch (IOException impossible) {
            throw new UncheckedIOException("writing to memory", impossible);
        }
        wireId(record.value());
        nextExpected = record.offset() + 1;
        count++;
        plainBytes += size;
        firstTimestamp = Math.min(firstTimestamp, record.timestamp());
        lastTimestamp = Math.max(lastTimestamp, record.timestamp());
        return true;
    }

    /// Where it ends when the log is known up to here; so its end does not depend on how it was
    /// read.
    ///
    /// @param next the record that was not taken, or the offset up to which there are no more
    public long fullAt(long next) {
        return Math.min(next, boundary);
    }

    /// @param position up to which all records were offered
    public boolean isFull(long position) {
        return position >= boundary;
    }

    public long first() {
        return first;
    }

    public long count() {
        return count;
    }

    /// @return of the oldest record, epoch milliseconds; [Long#MAX_VALUE] when it is empty
    public long firstTimestamp() {
        return firstTimestamp;
    }

    /// @param next offset at which the next range begins; every record below it was added
    /// @param schemaIds of the values, as far as they are schemas
    public ClosedRange close(long next, List<Integer> schemaIds) {
        try {
            writer.close();
        } catch (IOException impossible) {
            throw new UncheckedIOException("writing to memory", impossible);
        }
        byte[] object = count == 0 ? null : compressed.toByteArray();
        var manifest =
                new Manifest(
                        Manifest.FORMAT,
                        partition.topic(),
                        partition.partition(),
                        first,
                        next - 1,
                        next,
                        count,
                        object == null ? 0 : object.length,
                        object == null ? null : ArchiveKeys.records(partition, first, next - 1),
                        object == null ? null : Sha256.of(object),
                        schemaIds,
                        count == 0 ? null : firstTimestamp,
                        count == 0 ? null : lastTimestamp,
                        null,
                        previous);
        return new ClosedRange(manifest, object);
    }

    /// Ids in the first bytes of the values; a value of somebody else may look as if it had one.
    public List<Integer> wireIds() {
        return List.copyOf(wireIds);
    }

    private void wireId(byte @Nullable [] value) {
        if (value != null && value.length >= WIRE_HEADER && value[0] == 0) {
            wireIds.add(ByteBuffer.wrap(value, 1, Integer.BYTES).getInt());
        }
    }

    private static long size(ConsumerRecord<byte[], byte[]> record) {
        long size =
                Math.max(0, record.serializedKeySize()) + Math.max(0, record.serializedValueSize());
        for (var header : record.headers()) {
            size += header.key().length() + (header.value() == null ? 0 : header.value().length);
        }
        return size;
    }

    private static DataFileWriter<ConsumerRecord<byte[], byte[]>> open(
            TopicPartition partition, long first, ByteArrayOutputStream out) {
        var writer =
                new DataFileWriter<>(new RecordFormat.Writer())
                        .setCodec(CodecFactory.zstandardCodec(LEVEL, true))
                        .setSyncInterval(SYNC_INTERVAL);
        try {
            return writer.create(RecordFormat.SCHEMA, out, sync(partition, first));
        } catch (IOException impossible) {
            throw new UncheckedIOException("writing to memory", impossible);
        }
    }

    /// Avro's marker between blocks is random by default.
    private static byte[] sync(TopicPartition partition, long first) {
        String hash = Sha256.of((partition + "@" + first).getBytes(StandardCharsets.UTF_8));
        return Arrays.copyOf(HexFormat.of().parseHex(hash), SYNC_SIZE);
    }
}
