package io.headwater.projectors.platform.bulk;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.ToIntFunction;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.jspecify.annotations.Nullable;
import org.springframework.util.FileSystemUtils;

/// The records of one partition number as they were read, divided by what their keys have to do
/// with each other, on disk: written one after the other, read once, a group at a time.
final class GroupedRecords implements AutoCloseable {

    /// Of all groups together.
    private static final int BUFFERS = 16 << 20;

    private static final int MOST_BUFFER = 256 << 10;
    private static final int NULL = -1;

    /// Spreads numbers that have a divisor in common, as the slots of one partition have.
    private static final long MIX = 0x9E37_79B9_7F4A_7C15L;

    private final Path folder;
    private final List<DataOutputStream> files = new ArrayList<>();
    private final ToIntFunction<String> groupOf;
    private final List<String> topics = new ArrayList<>();
    private final int buffer;

    /// @param folder made, and deleted at the end
    /// @param groupOf records of keys with the same number stay together
    GroupedRecords(Path folder, int groups, ToIntFunction<String> groupOf) throws IOException {
        this.folder = folder;
        this.groupOf = groupOf;
        buffer = Math.min(MOST_BUFFER, BUFFERS / groups);
        FileSystemUtils.deleteRecursively(folder);
        Files.createDirectories(folder);
        try {
            for (int group = 0; group < groups; group++) {
                files.add(
                        new DataOutputStream(
                                new BufferedOutputStream(
                                        Files.newOutputStream(file(group)), buffer)));
            }
        } catch (IOException full) {
            close();
            throw full;
        }
    }

    int groups() {
        return files.size();
    }

    void add(ConsumerRecord<byte[], byte[]> record) throws IOException {
        var file = files.get(group(record.key()));
        file.writeByte(topic(record.topic()));
        file.writeInt(record.partition());
        file.writeLong(record.offset());
        file.writeLong(record.timestamp());
        write(file, record.key());
        write(file, record.value());
        var headers = record.headers().toArray();
        file.writeInt(headers.length);
        for (var header : headers) {
            file.writeUTF(header.key());
            write(file, header.value());
        }
    }

    /// A record without a key has to do with none.
    private int group(byte @Nullable [] key) {
        if (key == null) {
            return 0;
        }
        int number = groupOf.applyAsInt(new String(key, StandardCharsets.UTF_8));
        return (int) ((number * MIX >>> 33) % files.size());
    }

    private int topic(String name) {
        int known = topics.indexOf(name);
        if (known < 0) {
            topics.add(name);
            known = topics.size() - 1;
        }
        return known;
    }

    /// After the last [#add].
    Reader open(int group) throws IOException {
        files.get(group).close();
        return new Reader(file(group), topics, buffer);
    }

    /// One group in the order it was written; its file is deleted at the end.
    static final class Reader implements AutoCloseable {
        private final Path file;
        private final List<String> topics;
        private final DataInputStream in;

        private Reader(Path file, List<String> topics, int buffer) throws IOException {
            this.file = file;
            this.topics = topics;
            in = new DataInputStream(new BufferedInputStream(Files.newInputStream(file), buffer));
        }

        /// @return null at the end
        @Nullable ConsumerRecord<byte[], byte[]> next() throws IOException {
            int topic = in.read();
            if (topic < 0) {
                return null;
            }
            int partition = in.readInt();
            long offset = in.readLong();
            long timestamp = in.readLong();
            byte[] key = bytes();
            byte[] value = bytes();
            var headers = new RecordHeaders();
            for (int left = in.readInt(); left > 0; left--) {
                headers.add(in.readUTF(), bytes());
            }
            return new ConsumerRecord<>(
                    topics.get(topic),
                    partition,
                    offset,
                    timestamp,
                    TimestampType.CREATE_TIME,
                    key == null ? NULL : key.length,
                    value == null ? NULL : value.length,
                    key,
                    value,
                    headers,
                    Optional.empty());
        }

        private byte @Nullable [] bytes() throws IOException {
            int length = in.readInt();
            if (length == NULL) {
                return null;
            }
            byte[] bytes = in.readNBytes(length);
            if (bytes.length < length) {
                throw new EOFException(file + " ends within a record");
            }
            return bytes;
        }

        @Override
        public void close() throws IOException {
            in.close();
            Files.delete(file);
        }
    }

    private static void write(DataOutputStream file, byte @Nullable [] bytes) throws IOException {
        if (bytes == null) {
            file.writeInt(NULL);
        } else {
            file.writeInt(bytes.length);
            file.write(bytes);
        }
    }

    private Path file(int group) {
        return folder.resolve("group-" + group);
    }

    @Override
    public void close() throws IOException {
        for (var file : files) {
            file.close();
        }
        FileSystemUtils.deleteRecursively(folder);
    }
}
