package io.headwater.archive;

import io.headwater.archive.s3.Bucket;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.kafka.common.TopicPartition;

/// What lies in the folder of a partition, by kind, each in the order of offsets.
///
/// @param manifests keys
/// @param tombstones keys, by the offset at which their range begins
/// @param records keys of objects, published or not
record Listing(List<String> manifests, SortedMap<Long, String> tombstones, List<String> records) {

    static Listing of(Bucket bucket, TopicPartition partition) throws IOException {
        var manifests = new ArrayList<String>();
        var tombstones = new TreeMap<Long, String>();
        var records = new ArrayList<String>();
        for (String key : bucket.list(ArchiveKeys.folder(partition), "")) {
            if (ArchiveKeys.isManifest(key)) {
                manifests.add(key);
            } else if (ArchiveKeys.isTombstone(key)) {
                tombstones.put(ArchiveKeys.first(key), key);
            } else if (ArchiveKeys.isRecords(key)) {
                records.add(key);
            }
        }
        return new Listing(manifests, tombstones, records);
    }

    /// Objects of ranges that have a tombstone: nobody reads them, and they are to go.
    List<String> condemned() {
        return records.stream()
                .filter(key -> tombstones.containsKey(ArchiveKeys.first(key)))
                .toList();
    }
}
