package io.headwater.archive;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.avro.file.DataFileStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/// The object of a range.
final class RangeObject {

    private RangeObject() {}

    /// @throws ArchiveException.DamagedObject when it is not what its manifest says
    static List<ConsumerRecord<byte[], byte[]>> read(Manifest manifest, byte[] object) {
        String hash = Sha256.of(object);
        if (!hash.equals(manifest.sha256())) {
            throw new ArchiveException.DamagedObject(
                    "%s has the SHA-256 %s and its manifest says %s: get it back from a copy of the bucket"
                            .formatted(manifest.object(), hash, manifest.sha256()));
        }
        // no more room than the object can need, whatever its manifest says
        int room = (int) Math.min(manifest.count(), object.length);
        var records = new ArrayList<ConsumerRecord<byte[], byte[]>>(room);
        long next = manifest.first();
        try (var stream =
                new DataFileStream<>(
                        new ByteArrayInputStream(object),
                        new RecordFormat.Reader(manifest.topicPartition()))) {
            while (stream.hasNext()) {
                var record = stream.next();
                if (record.offset() < next || record.offset() > manifest.last()) {
                    throw new ArchiveException.DamagedObject(
                            "%s has offset %d where %d … %d was to come"
                                    .formatted(
                                            manifest.object(),
                                            record.offset(),
                                            next,
                                            manifest.last()));
                }
                next = record.offset() + 1;
                records.add(record);
            }
        } catch (ArchiveException known) {
            throw known;
        } catch (IOException | RuntimeException unreadable) {
            // Avro believes what stands in the head of a file, and fails at it in many ways
            throw new ArchiveException.DamagedObject(
                    manifest.object() + " cannot be read: " + unreadable.getMessage(), unreadable);
        }
        if (records.size() != manifest.count()) {
            throw new ArchiveException.DamagedObject(
                    "%s has %d records and its manifest says %d"
                            .formatted(manifest.object(), records.size(), manifest.count()));
        }
        return records;
    }
}
