package io.headwater.projectors.platform.sink;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/// Rows in the binary format of Postgres COPY, in one reused array.
///
/// Text without NUL, which Postgres does not store; half characters become `?`. source: PostgreSQL
/// documentation, COPY, Binary Format
final class CopyBuffer {

    private static final byte[] SIGNATURE =
            "PGCOPY\n\u00ff\r\n\0".getBytes(StandardCharsets.ISO_8859_1);
    private static final long EPOCH_2000_MILLIS = 946_684_800_000L;
    private static final int TEXT_OID = 25;
    private static final char JSONB_VERSION = 1;
    private static final int MAX_KEPT = 16 << 20;

    private byte[] bytes = new byte[1 << 20];
    private int size;

    void begin() {
        if (bytes.length > MAX_KEPT) {
            bytes = new byte[1 << 20];
        }
        size = 0;
        room(32);
        System.arraycopy(SIGNATURE, 0, bytes, 0, SIGNATURE.length);
        size = SIGNATURE.length;
        int4(0); // no flags
        int4(0); // no header extension
    }

    void end() {
        room(2);
        int2(-1);
    }

    byte[] bytes() {
        return bytes;
    }

    int size() {
        return size;
    }

    /// Forgets what was written after this size.
    void cut(int size) {
        this.size = size;
    }

    void tuple(int columns) {
        room(2);
        int2(columns);
    }

    void nothing() {
        room(4);
        int4(-1);
    }

    void bool(boolean value) {
        room(5);
        int4(1);
        bytes[size++] = (byte) (value ? 1 : 0);
    }

    void integer(int value) {
        room(8);
        int4(4);
        int4(value);
    }

    void bigint(long value) {
        room(12);
        int4(8);
        int8(value);
    }

    void timestamp(long epochMillis) {
        bigint((epochMillis - EPOCH_2000_MILLIS) * 1_000);
    }

    void text(String value) {
        int length = value.length();
        room(4 + 3 * length);
        int start = size;
        size += 4;
        int i = 0;
        byte[] out = bytes;
        int at = size;
        for (; i < length; i++) {
            char c = value.charAt(i);
            if (c >= 0x80 || c == 0) {
                break;
            }
            out[at++] = (byte) c;
        }
        size = at;
        for (; i < length; i++) {
            char c = value.charAt(i);
            if (Character.isHighSurrogate(c)
                    && i + 1 < length
                    && Character.isLowSurrogate(value.charAt(i + 1))) {
                codePoint(Character.toCodePoint(c, value.charAt(++i)));
            } else if (Character.isSurrogate(c)) {
                codePoint('?');
            } else if (c != 0) {
                codePoint(c);
            }
        }
        int written = size - start - 4;
        int end = size;
        size = start;
        int4(written);
        size = end;
    }

    /// One dimension, counted from 1; empty ones have none.
    void texts(List<?> values) {
        room(24);
        int start = size;
        size += 4;
        int4(values.isEmpty() ? 0 : 1);
        int4(0); // no nulls inside
        int4(TEXT_OID);
        if (!values.isEmpty()) {
            int4(values.size());
            int4(1);
            values.forEach(value -> text(value.toString()));
        }
        int end = size;
        size = start;
        int4(end - start - 4);
        size = end;
    }

    /// @param json without the escape of NUL, which Postgres refuses
    void json(String json) {
        text(JSONB_VERSION + json);
    }

    private void codePoint(int c) {
        if (c < 0x80) {
            bytes[size++] = (byte) c;
        } else if (c < 0x800) {
            bytes[size++] = (byte) (0xC0 | (c >> 6));
            bytes[size++] = (byte) (0x80 | (c & 0x3F));
        } else if (c < 0x10000) {
            bytes[size++] = (byte) (0xE0 | (c >> 12));
            bytes[size++] = (byte) (0x80 | ((c >> 6) & 0x3F));
            bytes[size++] = (byte) (0x80 | (c & 0x3F));
        } else {
            bytes[size++] = (byte) (0xF0 | (c >> 18));
            bytes[size++] = (byte) (0x80 | ((c >> 12) & 0x3F));
            bytes[size++] = (byte) (0x80 | ((c >> 6) & 0x3F));
            bytes[size++] = (byte) (0x80 | (c & 0x3F));
        }
    }

    private void int2(int value) {
        bytes[size++] = (byte) (value >> 8);
        bytes[size++] = (byte) value;
    }

    private void int4(int value) {
        int2(value >> 16);
        int2(value);
    }

    private void int8(long value) {
        int4((int) (value >> 32));
        int4((int) value);
    }

    private void room(int more) {
        if (bytes.length - size < more) {
            bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, size + more));
        }
    }
}
