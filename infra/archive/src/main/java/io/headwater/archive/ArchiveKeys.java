package io.headwater.archive;

import java.util.Locale;
import org.apache.kafka.common.TopicPartition;

/// Where things lie in the bucket. Offsets have 20 digits, so that keys sort as offsets do.
///
///     log/TOPIC/topic.json                         how many partitions it has
///     log/TOPIC/PARTITION/FIRST-LAST.avro.zst      the records
///     log/TOPIC/PARTITION/FIRST.json               the manifest: published when this is there
///     log/TOPIC/PARTITION/FIRST.tombstone.json     why the records are not there any more
///     schemas/ID.avsc                              every schema that a record was written with
final class ArchiveKeys {

    static final String LOG = "log/";
    static final String SCHEMAS = "schemas/";
    static final String JSON = "application/json";
    static final String AVRO = "application/avro";

    private static final String MANIFEST = ".json";
    private static final String TOMBSTONE = ".tombstone.json";
    private static final String RECORDS = ".avro.zst";
    private static final String SCHEMA = ".avsc";

    private ArchiveKeys() {}

    static String folder(TopicPartition partition) {
        return LOG + partition.topic() + "/" + partition.partition() + "/";
    }

    static String topic(String name) {
        return LOG + name + "/topic.json";
    }

    static String manifest(TopicPartition partition, long first) {
        return folder(partition) + digits(first) + MANIFEST;
    }

    static String tombstone(TopicPartition partition, long first) {
        return folder(partition) + digits(first) + TOMBSTONE;
    }

    static String records(TopicPartition partition, long first, long last) {
        return recordsFrom(partition, first) + digits(last) + RECORDS;
    }

    /// What the keys of all records that begin there begin with.
    static String recordsFrom(TopicPartition partition, long first) {
        return folder(partition) + digits(first) + "-";
    }

    static String schema(int id) {
        return SCHEMAS + id + SCHEMA;
    }

    static boolean isManifest(String key) {
        return key.endsWith(MANIFEST) && !isTombstone(key);
    }

    static boolean isTombstone(String key) {
        return key.endsWith(TOMBSTONE);
    }

    static boolean isRecords(String key) {
        return key.endsWith(RECORDS);
    }

    /// @param key of a manifest, a tombstone or records
    /// @throws ArchiveException.DamagedObject when it is none
    static long first(String key) {
        String name = key.substring(key.lastIndexOf('/') + 1);
        int end = name.startsWith("-") ? 0 : firstOf(name, "-.");
        try {
            return Long.parseLong(name.substring(0, end));
        } catch (NumberFormatException other) {
            throw new ArchiveException.DamagedObject(
                    key + " is no name of the archive's; what is it?", other);
        }
    }

    /// @throws ArchiveException.DamagedObject when it is no schema of ours
    static int schemaId(String key) {
        String name = key.substring(SCHEMAS.length());
        try {
            return Integer.parseInt(name.substring(0, Math.max(0, name.indexOf(SCHEMA))));
        } catch (NumberFormatException other) {
            throw new ArchiveException.DamagedObject(
                    key + " is no name of the archive's; what is it?", other);
        }
    }

    private static int firstOf(String name, String ends) {
        for (int i = 0; i < name.length(); i++) {
            if (ends.indexOf(name.charAt(i)) >= 0) {
                return i;
            }
        }
        return name.length();
    }

    private static String digits(long offset) {
        return String.format(Locale.ROOT, "%020d", offset);
    }
}
