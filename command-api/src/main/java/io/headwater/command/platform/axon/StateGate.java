package io.headwater.command.platform.axon;

import io.headwater.command.platform.kafka.Admins;
import io.headwater.schema.Brokers;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.jspecify.annotations.Nullable;

/// What must be so before a decider may start: its stores are whole, and what this instance keeps
/// of them on its disk belongs to the changelogs that there are now.
///
/// A changelog that was made anew (by a rebuild, maybe of another host) begins at 0 again. Local
/// files that count by its predecessor would be taken for right as soon as it is as long. So the
/// ids of the topics are kept beside the local files, and files of other topics are thrown away.
final class StateGate {

    private final Decider<?, ?, ?> decider;
    private final Brokers brokers;
    private final Path recorded;

    /// @param stateDir of this instance alone
    StateGate(Decider<?, ?, ?> decider, Brokers brokers, Path stateDir) {
        this.decider = decider;
        this.brokers = brokers;
        this.recorded = stateDir.resolve(decider.spec().applicationId() + ".changelogs");
    }

    /// @param reason why it may not start, with the way out; null: it may
    /// @param localIsRight whether the files of this instance may be used
    record Verdict(@Nullable String reason, boolean localIsRight) {}

    /// @throws RuntimeException when the brokers or the disk do not answer
    Verdict ask() {
        var spec = decider.spec();
        try (var admin = Admins.open(brokers)) {
            if (new RebuildMark(admin, spec).isSet()) {
                return refused("its stores are being made anew, or that was interrupted");
            }
            var now = changelogs(admin);
            var before = recorded();
            boolean missing =
                    !now.containsKey(spec.changelog(Decider.ENTITIES))
                            || !now.keySet().containsAll(before.keySet());
            // without events there is nothing to be lost: a new cluster
            boolean lost = missing && hasEvents(admin);
            return lost
                    ? refused("there are events, but the changelogs of its stores are not there")
                    : new Verdict(null, before.equals(now));
        }
    }

    private Verdict refused(String what) {
        return new Verdict(
                what + ": run ./headwater rebuild-state " + decider.spec().name(), false);
    }

    /// Once Streams has made all of them: from now on the local files are theirs.
    void record() {
        try (var admin = Admins.open(brokers)) {
            var text = new StringBuilder();
            changelogs(admin).forEach((topic, id) -> text.append(topic + " " + id + "\n"));
            var next = recorded.resolveSibling(recorded.getFileName() + ".new");
            Files.writeString(next, text);
            Files.move(
                    next,
                    recorded,
                    StandardCopyOption.REPLACE_EXISTING,
                    StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    private Map<String, String> recorded() {
        var ids = new TreeMap<String, String>();
        try {
            if (Files.exists(recorded)) {
                for (String line : Files.readAllLines(recorded)) {
                    int space = line.indexOf(' ');
                    ids.put(line.substring(0, space), line.substring(space + 1));
                }
            }
            // of an earlier version of the stores there may be others
            ids.keySet().retainAll(names());
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
        return ids;
    }

    private List<String> names() {
        return decider.storeNames().stream().map(decider.spec()::changelog).toList();
    }

    /// @return ids of those that exist
    private Map<String, String> changelogs(Admin admin) {
        var ids = new TreeMap<String, String>();
        admin.describeTopics(names())
                .topicNameValues()
                .forEach((name, described) -> {
                    try {
                        Uuid id = Admins.get(described).topicId();
                        ids.put(name, id.toString());
                    } catch (UnknownTopicOrPartitionException absent) {
                        // not made yet
                    }
                });
        return ids;
    }

    private boolean hasEvents(Admin admin) {
        String topic = decider.spec().events().name();
        try {
            var asked = admin.describeTopics(List.of(topic)).topicNameValues();
            var described = Admins.get(Objects.requireNonNull(asked.get(topic)));
            var wanted = new HashMap<TopicPartition, OffsetSpec>();
            described
                    .partitions()
                    .forEach(one ->
                            wanted.put(
                                    new TopicPartition(topic, one.partition()),
                                    OffsetSpec.latest()));
            return Admins.get(admin.listOffsets(wanted).all()).values().stream()
                    .anyMatch(end -> end.offset() > 0);
        } catch (UnknownTopicOrPartitionException absent) {
            return false;
        }
    }
}
