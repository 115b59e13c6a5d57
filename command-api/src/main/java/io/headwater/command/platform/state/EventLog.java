package io.headwater.command.platform.state;

import io.headwater.archive.ArchiveReader;
import io.headwater.archive.log.ArchivedLog;
import io.headwater.archive.log.KafkaLog;
import io.headwater.archive.log.SourceLog;
import io.headwater.archive.log.SourceLog.Cursor;
import io.headwater.archive.log.SourceLog.Range;
import io.headwater.command.platform.axon.DeciderSpec;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.jspecify.annotations.Nullable;

/// The events of a decider from the very first on. A partition that Kafka has from offset 0 is read
/// there alone; of any other the archive is read as far as it goes, and then the topic, exactly
/// where the archive ends.
///
/// Every method throws [KafkaException] when brokers or archive do not answer, or do not fit
/// together.
final class EventLog {

    private static final int MOST_SHOWN = 5;

    private final String topic;
    private final KafkaLog kafka;
    private final @Nullable ArchivedLog archived;
    private final boolean withGaps;

    /// @param admin stays the caller's
    EventLog(DeciderSpec spec, EventSource source, Admin admin) {
        this.topic = spec.events().name();
        this.kafka = new KafkaLog(admin, source.brokers(), "events-of-" + spec.name());
        var bucket = source.archive();
        this.archived = bucket == null ? null : new ArchivedLog(new ArchiveReader(bucket), kafka);
        this.withGaps = source.withGaps();
    }

    /// What there is to read now, by partition, up to the newest committed event.
    ///
    /// @throws StateException when events are missing and that was not allowed
    Map<TopicPartition, Range> ranges() {
        var ranges = new TreeMap<TopicPartition, Range>(EventLog::compare);
        ranges.putAll(ask(kafka));
        var cut = ranges.keySet().stream().filter(one -> isCut(ranges, one)).toList();
        if (archived != null && !cut.isEmpty()) {
            var whole = ask(archived);
            cut.forEach(one -> ranges.put(one, Objects.requireNonNull(whole.get(one))));
        }
        requireWhole(ranges, cut);
        return ranges;
    }

    /// @param range of [#ranges], or a part of it
    Cursor open(TopicPartition partition, Range range) {
        return archived == null || begin(partition) == 0
                ? kafka.open(partition, range)
                : archived.open(partition, range);
    }

    /// Of those partitions that are not in Kafka from their beginning: the offset up to which the
    /// archive is read.
    Map<TopicPartition, Long> handOvers(Map<TopicPartition, Range> ranges) {
        var handOvers = new HashMap<TopicPartition, Long>();
        var log = archived;
        if (log == null) {
            return handOvers;
        }
        var live = ask(kafka);
        ranges.forEach((partition, range) -> {
            if (isCut(live, partition)) {
                handOvers.put(partition, log.handOver(partition, range));
            }
        });
        return handOvers;
    }

    private void requireWhole(Map<TopicPartition, Range> ranges, List<TopicPartition> cut) {
        var gone = new ArrayList<String>();
        for (var partition : cut) {
            var range = Objects.requireNonNull(ranges.get(partition));
            if (archived != null) {
                archived.gone(partition, range).forEach(one -> gone.add(partition + " " + one));
            } else {
                gone.add("%s begins at %d".formatted(partition, range.first()));
            }
        }
        if (gone.isEmpty() || withGaps) {
            return;
        }
        throw new StateException(
                "%s, and stores made from the rest would be wrong: %s%s. %s"
                        .formatted(
                                archived == null
                                        ? "Kafka does not have all events any more"
                                        : "events are in Kafka and in the archive no more",
                                gone.stream().limit(MOST_SHOWN).collect(Collectors.joining("; ")),
                                gone.size() > MOST_SHOWN
                                        ? "; and %d more".formatted(gone.size() - MOST_SHOWN)
                                        : "",
                                archived == null
                                        ? "Name the bucket of the archive: S3_ENDPOINT, S3_ACCESS_KEY, S3_SECRET_KEY, S3_BUCKET"
                                        : "To go on with what there is: --with-gaps (docs/state.md)"));
    }

    private long begin(TopicPartition partition) {
        return Objects.requireNonNull(ask(kafka).get(partition)).first();
    }

    private Map<TopicPartition, Range> ask(SourceLog log) {
        try {
            return log.ranges(Set.of(topic));
        } catch (ExecutionException failed) {
            throw failed.getCause() instanceof RuntimeException known
                    ? known
                    : new KafkaException(failed.getCause());
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new InterruptException(stopped);
        }
    }

    private static boolean isCut(Map<TopicPartition, Range> ranges, TopicPartition partition) {
        return Objects.requireNonNull(ranges.get(partition)).first() > 0;
    }

    private static int compare(TopicPartition one, TopicPartition other) {
        return Integer.compare(one.partition(), other.partition());
    }
}
