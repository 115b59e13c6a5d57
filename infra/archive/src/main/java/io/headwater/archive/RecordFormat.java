package io.headwater.archive;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;
import org.apache.avro.io.DatumReader;
import org.apache.avro.io.DatumWriter;
import org.apache.avro.io.Decoder;
import org.apache.avro.io.Encoder;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.jspecify.annotations.Nullable;

/// One record of a topic as Avro: key, value and headers byte for byte, timestamp in epoch
/// milliseconds, offset. Any Avro tool reads it.
final class RecordFormat {

    static final Schema SCHEMA =
            SchemaBuilder.record("ArchivedRecord")
                    .namespace("io.headwater.archive")
                    .doc("A record as it was on its topic; value: Confluent wire format")
                    .fields()
                    .requiredLong("offset")
                    .requiredLong("timestamp")
                    .name("key")
                    .type(nullableBytes())
                    .noDefault()
                    .name("value")
                    .type(nullableBytes())
                    .noDefault()
                    .name("headers")
                    .type()
                    .array()
                    .items(
                            SchemaBuilder.record("Header")
                                    .fields()
                                    .requiredString("key")
                                    .name("value")
                                    .type(nullableBytes())
                                    .noDefault()
                                    .endRecord())
                    .noDefault()
                    .endRecord();

    private RecordFormat() {}

    private static Schema nullableBytes() {
        return SchemaBuilder.unionOf().nullType().and().bytesType().endUnion();
    }

    /// Straight to the encoder: no generic records in between.
    static final class Writer implements DatumWriter<ConsumerRecord<byte[], byte[]>> {

        @Override
        public void setSchema(Schema schema) {
            // there is one only
        }

        @Override
        public void write(ConsumerRecord<byte[], byte[]> record, Encoder out) throws IOException {
            out.writeLong(record.offset());
            out.writeLong(record.timestamp());
            writeBytes(record.key(), out);
            writeBytes(record.value(), out);
            Header[] headers = record.headers().toArray();
            out.writeArrayStart();
            out.setItemCount(headers.length);
            for (Header header : headers) {
                out.startItem();
                out.writeString(header.key());
                writeBytes(header.value(), out);
            }
            out.writeArrayEnd();
        }

        private static void writeBytes(byte @Nullable [] bytes, Encoder out) throws IOException {
            out.writeIndex(bytes == null ? 0 : 1);
            if (bytes == null) {
                out.writeNull();
            } else {
                out.writeBytes(bytes);
            }
        }
    }

    static final class Reader implements DatumReader<ConsumerRecord<byte[], byte[]>> {

        private final TopicPartition partition;

        Reader(TopicPartition partition) {
            this.partition = partition;
        }

        @Override
        public void setSchema(Schema schema) {
            if (!schema.equals(SCHEMA)) {
                throw new ArchiveException.DamagedObject(
                        "records of another schema than this version knows: " + schema);
            }
        }

        // A record of a topic has no key, or no value, where null says so.
        @SuppressWarnings("NullAway")
        @Override
        public ConsumerRecord<byte[], byte[]> read(
                @Nullable ConsumerRecord<byte[], byte[]> reuse, Decoder in) throws IOException {
            long offset = in.readLong();
            long timestamp = in.readLong();
            byte[] key = readBytes(in);
            byte[] value = readBytes(in);
            List<Header> headers = new ArrayList<>(0);
            for (long left = in.readArrayStart(); left > 0; left = in.arrayNext()) {
                for (long i = 0; i < left; i++) {
                    headers.add(new RecordHeader(in.readString(), readBytes(in)));
                }
            }
            return new ConsumerRecord<>(
                    partition.topic(),
                    partition.partition(),
                    offset,
                    timestamp,
                    TimestampType.CREATE_TIME,
                    key == null ? ConsumerRecord.NULL_SIZE : key.length,
                    value == null ? ConsumerRecord.NULL_SIZE : value.length,
                    key,
                    value,
                    new RecordHeaders(headers),
                    Optional.empty());
        }

        private static byte @Nullable [] readBytes(Decoder in) throws IOException {
            if (in.readIndex() == 0) {
                in.readNull();
                return null;
            }
            ByteBuffer bytes = in.readBytes(null);
            byte[] copy = new byte[bytes.remaining()];
            bytes.get(copy);
            return copy;
        }
    }
}
