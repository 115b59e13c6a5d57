package io.headwater.schema;

import java.nio.ByteBuffer;
import java.util.Arrays;
import org.apache.avro.io.BinaryData;
import org.apache.avro.io.BinaryEncoder;

/// Avro binary straight into an array that grows: Avro's own encoders write through a stream or a
/// buffer that is copied once more.
final class ByteArrayEncoder extends BinaryEncoder {

    /// Bytes of the longest number in Avro's variable-length coding.
    private static final int LONGEST = 10;

    private byte[] bytes;
    private int length;

    ByteArrayEncoder(int capacity) {
        bytes = new byte[capacity];
    }

    byte[] toByteArray() {
        return Arrays.copyOf(bytes, length);
    }

    private void ensure(int more) {
        if (bytes.length - length < more) {
            bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, length + more));
        }
    }

    @Override
    public void writeBoolean(boolean value) {
        ensure(1);
        length += BinaryData.encodeBoolean(value, bytes, length);
    }

    @Override
    public void writeInt(int value) {
        ensure(LONGEST);
        length += BinaryData.encodeInt(value, bytes, length);
    }

    @Override
    public void writeLong(long value) {
        ensure(LONGEST);
        length += BinaryData.encodeLong(value, bytes, length);
    }

    @Override
    public void writeFloat(float value) {
        ensure(LONGEST);
        length += BinaryData.encodeFloat(value, bytes, length);
    }

    @Override
    public void writeDouble(double value) {
        ensure(LONGEST);
        length += BinaryData.encodeDouble(value, bytes, length);
    }

    @Override
    public void writeFixed(byte[] source, int start, int count) {
        ensure(count);
        System.arraycopy(source, start, bytes, length, count);
        length += count;
    }

    @Override
    public void writeFixed(ByteBuffer source) {
        int count = source.remaining();
        ensure(count);
        source.get(source.position(), bytes, length, count);
        length += count;
    }

    @Override
    protected void writeZero() {
        ensure(1);
        bytes[length++] = 0;
    }

    @Override
    public int bytesBuffered() {
        return 0;
    }

    @Override
    public void flush() {
        // nothing is held back
    }
}
