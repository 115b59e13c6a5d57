package io.headwater.command;

import io.headwater.archive.ArchiveReader;
import io.headwater.archive.ArchiveWriter;
import io.headwater.archive.Manifest;
import io.headwater.archive.MemoryBucket;
import io.headwater.archive.RangeBuilder;
import io.headwater.archive.log.KafkaLog;
import io.headwater.archive.log.SourceLog.Range;
import io.headwater.schema.Brokers;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.common.TopicPartition;

/// An archive of a topic in memory, as stream-jobs would have written it.
public final class TestArchive {

    private static final int RANGE_OFFSETS = 5;

    public final MemoryBucket bucket = new MemoryBucket();
    private final ArchiveReader reader = new ArchiveReader(bucket);
    private final ArchiveWriter writer = new ArchiveWriter(bucket, TestSchemas.ids());
    private final Admin admin;
    private final KafkaLog kafka;
    private final String topic;

    public TestArchive(Admin admin, String bootstrapServers, String topic) {
        this.admin = admin;
        this.kafka = new KafkaLog(admin, Brokers.at(bootstrapServers), "test-archive");
        this.topic = topic;
    }

    /// Archives all that is committed by now.
    ///
    /// @return what there is on each partition of the topic
    public Map<TopicPartition, Range> write() throws Exception {
        var ranges = kafka.ranges(Set.of(topic));
        for (var partition : ranges.keySet()) {
            writer.prepare(topic, ranges.size(), 1);
            write(partition, Objects.requireNonNull(ranges.get(partition)));
        }
        return ranges;
    }

    private void write(TopicPartition partition, Range range) throws Exception {
        var left = new Range(Math.max(range.first(), reader.end(partition).next()), range.end());
        if (left.offsets() == 0) {
            return;
        }
        var open = open(partition);
        try (var cursor = kafka.open(partition, left)) {
            while (!cursor.isAtEnd()) {
                for (var record : cursor.poll()) {
                    while (!open.add(record)) {
                        publish(open, open.fullAt(record.offset()));
                        open = open(partition);
                    }
                }
            }
        }
        publish(open, range.end());
    }

    private RangeBuilder open(TopicPartition partition) {
        var end = reader.end(partition);
        return new RangeBuilder(partition, end.next(), end.sha256(), RANGE_OFFSETS, 1 << 20);
    }

    private void publish(RangeBuilder range, long next) throws Exception {
        Objects.requireNonNull(
                writer.publish(range.close(next, writer.storeSchemas(range.wireIds()))));
    }

    /// As retention does.
    public void cutTopic(Map<TopicPartition, Long> begins) throws Exception {
        for (Map.Entry<TopicPartition, Long> begin : begins.entrySet()) {
            admin.deleteRecords(
                            Map.of(begin.getKey(), RecordsToDelete.beforeOffset(begin.getValue())))
                    .all()
                    .get();
        }
    }

    /// @return the archived range that holds the offset
    public Manifest rangeAt(TopicPartition partition, long offset) {
        return reader.ranges(partition, offset).getFirst().manifest();
    }
}
