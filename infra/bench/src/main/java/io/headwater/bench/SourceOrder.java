package io.headwater.bench;

import io.headwater.schema.Topics;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.TopicPartition;

/// The records of a projection's sources in one order: topic after topic, partition after
/// partition. Written without transactions, so every offset is a record.
record SourceOrder(List<Part> parts) {

    /// @param before records of the parts before it
    record Part(TopicPartition partition, long before, long records) {}

    static SourceOrder of(Admin admin, List<Topics.Topic> topics)
            throws ExecutionException, InterruptedException {
        Map<TopicPartition, OffsetSpec> ask = new HashMap<>();
        var partitions = new ArrayList<TopicPartition>();
        for (var topic : topics) {
            for (int part = 0; part < Grounds.PARTITIONS; part++) {
                partitions.add(new TopicPartition(topic.name(), part));
                ask.put(partitions.getLast(), OffsetSpec.latest());
            }
        }
        Map<TopicPartition, Long> ends = new HashMap<>();
        admin.listOffsets(ask).all().get().forEach((part, end) -> ends.put(part, end.offset()));
        return of(
                partitions, partitions.stream().map(part -> ends.getOrDefault(part, 0L)).toList());
    }

    /// @param ends of the partitions, in their order
    static SourceOrder of(List<TopicPartition> partitions, List<Long> ends) {
        var parts = new ArrayList<Part>();
        long before = 0;
        for (int i = 0; i < ends.size(); i++) {
            parts.add(new Part(partitions.get(i), before, ends.get(i)));
            before += ends.get(i);
        }
        return new SourceOrder(parts);
    }

    long records() {
        return parts.stream().mapToLong(Part::records).sum();
    }
}
