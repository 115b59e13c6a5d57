package io.headwater.command.platform.state;

import io.headwater.archive.log.SourceLog.Range;
import io.headwater.command.platform.axon.DeciderSpec;
import io.headwater.command.platform.axon.RebuildMark;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.apache.kafka.common.TopicPartition;

/// Makes all stores of a decider anew from its events and nothing else, and leaves them in the
/// changelogs from which the decider restores. Its place in the commands stays where it is.
///
///     1 mark      no decider starts from now on
///     2 delete    the changelogs, of all versions
///     3 fold      the events, in a Streams application of the decider's own id and store names:
///                 the changelogs come into being as the decider would make them
///     4 results   as they were told, as far as the topic of results still has them
///     5 unmark    deciders may start; what they kept on their disks they see to be of no use
///
/// Killed anywhere, the mark stays: deciders refuse to start, and the next run begins anew.
public final class StateRebuild {

    /// A decider that was killed stays in its group for its session, 6 s.
    private static final Duration GONE = Duration.ofSeconds(10);

    private static final Duration DELETED = Duration.ofMinutes(2);
    private static final Duration LOOK = Duration.ofMillis(250);
    private static final Duration PROGRESS = Duration.ofSeconds(2);

    private final DeciderHistory<?, ?> history;
    private final DeciderSpec spec;
    private final EventSource source;
    private final Path work;
    private final Consumer<String> progress;

    /// @param source of the events
    /// @param work where the run may keep things on disk, in a folder of its own that is gone after
    ///   it
    /// @param progress told a line now and then
    public StateRebuild(
            DeciderHistory<?, ?> history,
            EventSource source,
            Path work,
            Consumer<String> progress) {
        this.history = history;
        this.spec = history.decider().spec();
        this.source = source;
        this.work = work.resolve("rebuild-state-" + history.name());
        this.progress = progress;
    }

    /// @param broken entities whose events are not whole, and how; their stores are what there was
    public record Outcome(long events, int results, SortedMap<String, String> broken) {}

    /// @throws StateException when a decider runs, events are missing, or the fold failed
    public Outcome run() {
        try (var cluster = new StateCluster(source.brokers(), spec)) {
            requireStopped(cluster);
            var events = cluster.partitions(spec.events().name());
            requireSamePartitions(cluster, events);
            var log = new EventLog(spec, source, cluster.admin());
            var ranges = log.ranges();
            var clients = new FoldClients(log, log.handOvers(ranges));
            var mark = new RebuildMark(cluster.admin(), spec);
            if (mark.isSet()) {
                progress.accept("an earlier run did not end: beginning anew");
            }
            mark.set(begins(ranges));
            var changelogs = cluster.changelogs();
            cluster.delete(changelogs, DELETED);
            progress.accept("deleted %d changelogs".formatted(changelogs.size()));
            var broken = fold(cluster, events, clients);
            int results = new KnownResults(source.brokers(), spec, cluster).write();
            progress.accept("%d results as they were told".formatted(results));
            mark.clear(events);
            long count = cluster.ends(events).values().stream().mapToLong(end -> end).sum();
            return new Outcome(count, results, broken);
        }
    }

    private void requireStopped(StateCluster cluster) {
        try {
            StateCluster.await(() -> cluster.members().isEmpty(), GONE, "");
        } catch (StateException running) {
            throw new StateException(
                    "the %s decider runs (%s): stop every command-api first; here: ./headwater down, then ./headwater up --without command-api"
                            .formatted(
                                    history.name(),
                                    cluster.members().stream()
                                            .distinct()
                                            .collect(Collectors.joining(", "))),
                    running);
        }
    }

    private void requireSamePartitions(StateCluster cluster, List<TopicPartition> events) {
        var commands = cluster.partitions(spec.commands().name());
        if (commands.size() != events.size()) {
            throw new StateException(
                    "%s has %d partitions and %s has %d: keys of commands and events would part"
                            .formatted(
                                    spec.commands().name(),
                                    commands.size(),
                                    spec.events().name(),
                                    events.size()));
        }
    }

    private static Map<TopicPartition, Long> begins(Map<TopicPartition, Range> ranges) {
        return ranges.entrySet().stream()
                .collect(Collectors.toMap(Map.Entry::getKey, one -> one.getValue().first()));
    }

    private SortedMap<String, String> fold(
            StateCluster cluster, List<TopicPartition> events, FoldClients clients) {
        clients.handOvers()
                .forEach((partition, offset) ->
                        progress.accept(
                                "%s: from the archive up to offset %d, then from Kafka"
                                        .formatted(partition, offset)));
        var broken = new TreeMap<String, String>();
        try (var fold =
                new StateFoldApp(
                        history,
                        source.brokers(),
                        clients,
                        work,
                        Instant.now(),
                        (id, how) -> {
                            synchronized (broken) {
                                broken.putIfAbsent(id, how);
                            }
                        })) {
            fold.start();
            follow(cluster, fold, cluster.ends(events));
        }
        StateCluster.await(
                () -> cluster.members().isEmpty(), GONE, "the fold does not leave its group");
        return broken;
    }

    /// Returns when all is folded and committed.
    private void follow(StateCluster cluster, StateFoldApp fold, Map<TopicPartition, Long> ends) {
        long all = ends.values().stream().mapToLong(end -> end).sum();
        long began = System.nanoTime();
        long told = began;
        while (true) {
            fold.requireAlive();
            requireAlone(cluster, fold);
            var at = cluster.committed(spec.events().name());
            boolean whole =
                    ends.entrySet().stream()
                                    .allMatch(end ->
                                            at.getOrDefault(end.getKey(), 0L) >= end.getValue())
                            && hasChangelogs(cluster);
            if (whole || System.nanoTime() - told > PROGRESS.toNanos()) {
                told = System.nanoTime();
                long done = at.values().stream().mapToLong(offset -> offset).sum();
                progress.accept(line(done, all, Duration.ofNanos(told - began)));
            }
            if (whole) {
                return;
            }
            StateCluster.pause(LOOK);
        }
    }

    /// Also without any event.
    private boolean hasChangelogs(StateCluster cluster) {
        var there = cluster.changelogs();
        return history.decider().storeNames().stream()
                .map(spec::changelog)
                .allMatch(there::contains);
    }

    private static String line(long done, long all, Duration taken) {
        return "folded %,d of %,d event records, %d %%, %,d/s"
                .formatted(
                        done,
                        all,
                        all == 0 ? 100 : 100 * done / all,
                        done * 1_000 / Math.max(1, taken.toMillis()));
    }

    /// A decider that passed its check before the mark was set and joined after.
    private static void requireAlone(StateCluster cluster, StateFoldApp fold) {
        var strangers = cluster.members().stream().filter(member -> !fold.isMine(member)).toList();
        if (!strangers.isEmpty()) {
            throw new StateException(
                    "%s joined while the stores are made: stop it and begin anew"
                            .formatted(strangers.getFirst()));
        }
    }
}
