package io.headwater.command.platform.axon;

import io.headwater.command.platform.kafka.Admins;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.GroupIdNotFoundException;

/// Says that the stores of a decider are being made anew, and that what there is of them is not
/// whole: committed offsets of its group on its **events**, which a decider never reads.
///
/// They are the very offsets up to which the events are folded, so that mark and progress cannot
/// contradict each other. While they are there, no decider starts.
public final class RebuildMark {

    private final Admin admin;
    private final DeciderSpec spec;

    public RebuildMark(Admin admin, DeciderSpec spec) {
        this.admin = admin;
        this.spec = spec;
    }

    /// @return offset by partition of the events topic; empty: not marked
    public Map<TopicPartition, Long> offsets() {
        try {
            return Admins.get(
                            admin.listConsumerGroupOffsets(spec.applicationId())
                                    .partitionsToOffsetAndMetadata())
                    .entrySet()
                    .stream()
                    .filter(entry -> entry.getKey().topic().equals(spec.events().name()))
                    .filter(entry -> entry.getValue() != null)
                    .collect(
                            Collectors.toMap(
                                    Map.Entry::getKey, entry -> entry.getValue().offset()));
        } catch (GroupIdNotFoundException none) {
            return Map.of();
        }
    }

    public boolean isSet() {
        return !offsets().isEmpty();
    }

    /// The group must have no members.
    ///
    /// @param from where to fold from, by partition of the events topic
    public void set(Map<TopicPartition, Long> from) {
        var offsets = new HashMap<TopicPartition, OffsetAndMetadata>();
        from.forEach((partition, offset) ->
                offsets.put(partition, new OffsetAndMetadata(offset, "rebuild-state")));
        Admins.get(admin.alterConsumerGroupOffsets(spec.applicationId(), offsets).all());
    }

    /// The group must have no members. All at once or not at all.
    public void clear(Collection<TopicPartition> partitions) {
        Admins.get(
                admin.deleteConsumerGroupOffsets(spec.applicationId(), Set.copyOf(partitions))
                        .all());
    }
}
