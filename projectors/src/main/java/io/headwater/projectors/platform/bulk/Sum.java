package io.headwater.projectors.platform.bulk;

import io.headwater.schema.AvroSerde;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import org.apache.avro.specific.SpecificRecord;
import org.jspecify.annotations.Nullable;

/// A row that is added up, as an object or as it is written: most are only passed on.
final class Sum {

    private static final int ONE_MORE = 1;

    private final String key;
    private final long timestamp;
    private final @Nullable SpecificRecord row;
    private final byte @Nullable [] bytes;

    Sum(String key, SpecificRecord row, long timestamp) {
        this(key, timestamp, row, null);
    }

    private Sum(String key, long timestamp, @Nullable SpecificRecord row, byte @Nullable [] bytes) {
        this.key = key;
        this.timestamp = timestamp;
        this.row = row;
        this.bytes = bytes;
    }

    /// @return null at the end
    /// @throws EOFException when it ends within one
    static @Nullable Sum read(DataInputStream in) throws IOException {
        if (in.read() < 0) {
            return null;
        }
        String key = new String(bytes(in, in.readInt()), StandardCharsets.UTF_8);
        long timestamp = in.readLong();
        return new Sum(key, timestamp, null, bytes(in, in.readInt()));
    }

    private static byte[] bytes(DataInputStream in, int length) throws IOException {
        byte[] bytes = new byte[length];
        in.readFully(bytes);
        return bytes;
    }

    void write(DataOutputStream out, AvroSerde<SpecificRecord> serde) throws IOException {
        byte[] text = key.getBytes(StandardCharsets.UTF_8);
        byte[] value = bytes(serde);
        out.writeByte(ONE_MORE);
        out.writeInt(text.length);
        out.write(text);
        out.writeLong(timestamp);
        out.writeInt(value.length);
        out.write(value);
    }

    /// Of the row; begins with its table.
    String key() {
        return key;
    }

    /// Of the newest record that it comes from, in milliseconds.
    long timestamp() {
        return timestamp;
    }

    SpecificRecord row(AvroSerde<SpecificRecord> serde) {
        return row == null ? Objects.requireNonNull(serde.deserialize("", bytes)) : row;
    }

    /// As stores and topics have it.
    byte[] bytes(AvroSerde<SpecificRecord> serde) {
        return bytes == null ? Objects.requireNonNull(serde.serialize("", row)) : bytes;
    }
}
