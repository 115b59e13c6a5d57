package io.headwater.archive.restore;

import io.headwater.archive.ArchiveReader;
import io.headwater.archive.ArchiveStart;
import io.headwater.archive.ArchivedTopic;
import io.headwater.archive.ChainEnd;
import io.headwater.archive.EpochClaims;
import io.headwater.archive.Range;
import io.headwater.schema.Brokers;
import io.headwater.schema.LogEpoch;
import io.headwater.schema.LogEpochs;
import io.headwater.schema.SchemaRestore;
import java.io.IOException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.TopicPartition;

/// Puts the archived topics into a cluster that does not have them.
///
///     epoch `restoring` ─► schemas ─► topic after topic, its partitions at once ─► epoch `open`
///
/// After it was stopped it is called again: topics that are whole are kept, the one that is not is
/// deleted and written anew. A topic that has records and is not known to come from this restore is
/// never touched.
public final class Restore {

    private static final int PARALLEL = 4;

    private final Brokers brokers;
    private final String registryUrl;
    private final short replication;
    private final ArchiveReader archive;
    private final EpochClaims claims;
    private final LogEpochs epochs;
    private final RestoreProgress progress;
    private final Clock clock = Clock.systemUTC();

    /// @param replication of the topics
    public Restore(
            Brokers brokers,
            String registryUrl,
            short replication,
            ArchiveReader archive,
            EpochClaims claims,
            RestoreProgress progress) {
        this.brokers = brokers;
        this.registryUrl = registryUrl;
        this.replication = replication;
        this.archive = archive;
        this.claims = claims;
        this.epochs = new LogEpochs(brokers);
        this.progress = progress;
    }

    /// @return the epoch that the log is in now
    /// @throws RestoreException when a topic has records of somebody else, or a record cannot be
    ///   written where it must be
    /// @throws io.headwater.archive.ArchiveException when the archive is damaged or away
    /// @throws IOException when the registry does not answer
    /// @throws IllegalStateException when the registry is not new, or the brokers do not answer
    public LogEpoch run() throws IOException {
        var topics = archive.topics();
        if (topics.isEmpty()) {
            throw new RestoreException("nothing is archived in this bucket: is it the right one?");
        }
        try (var admin = Admin.create(brokers.settings())) {
            var made = new RestoreTopics(admin, replication);
            var epoch = begin(made, topics);
            progress.began(epoch, epoch.ends().values().stream().mapToLong(Long::longValue).sum());
            new SchemaRestore(registryUrl).restore(archive.schemas());
            for (var topic : topics) {
                restore(admin, made, topic, epoch);
            }
            var open =
                    new LogEpoch(
                            epoch.number(),
                            LogEpoch.OPEN,
                            clock.instant().toString(),
                            epoch.ends());
            epochs.append(open, replication);
            return open;
        }
    }

    /// Gives the topics the retention of the catalogue, which would have taken old records before
    /// the views were made of them.
    public void giveRetention() {
        try (var admin = Admin.create(brokers.settings())) {
            new RestoreTopics(admin, replication).giveRetention(archive.topics());
        }
    }

    private LogEpoch begin(RestoreTopics made, List<ArchivedTopic> topics) {
        var before = epochs.now();
        var ends = ends(topics);
        if (before.isRestoring()) {
            if (!before.ends().equals(ends)) {
                throw new RestoreException(
                        "the archive has grown since this restore began: something writes to it. Stop every stream-jobs, delete all topics, and run restore again");
            }
            return before;
        }
        for (var topic : topics) {
            if (made.exists(topic.topic())) {
                requireEmpty(made, topic);
            }
        }
        var epoch =
                new LogEpoch(
                        claims.claim(clock.instant().toString()),
                        LogEpoch.RESTORING,
                        clock.instant().toString(),
                        ends);
        epochs.append(epoch, replication);
        return epoch;
    }

    private static void requireEmpty(RestoreTopics made, ArchivedTopic topic) {
        var there = new ArchivedTopic(topic.topic(), made.partitionsOf(topic.topic()));
        made.ends(there, IsolationLevel.READ_UNCOMMITTED)
                .forEach((partition, end) -> {
                    if (end > 0) {
                        throw new RestoreException(
                                "%s ends at offset %d: restore writes into a cluster without these topics only. Give it a new one, or another --data"
                                        .formatted(partition, end));
                    }
                });
    }

    private Map<String, Long> ends(List<ArchivedTopic> topics) {
        var ends = new HashMap<String, Long>();
        for (var topic : topics) {
            for (var partition : RestoreTopics.partitions(topic)) {
                ChainEnd end = archive.end(partition);
                if (!end.isNothing()) {
                    ends.put(partition.toString(), end.next());
                }
            }
        }
        return ends;
    }

    private void restore(Admin admin, RestoreTopics made, ArchivedTopic topic, LogEpoch epoch) {
        if (made.exists(topic.topic())) {
            if (isWhole(made, topic, epoch)) {
                cutStarts(made, topic);
                progress.done(topic.topic(), true);
                return;
            }
            RestoreTopics.partitions(topic)
                    .forEach(partition -> OffsetProducer.fence(brokers, partition));
            made.delete(topic.topic());
        }
        made.make(topic);
        var tasks = new ArrayList<Future<?>>();
        try (var threads =
                Executors.newFixedThreadPool(
                        PARALLEL, Thread.ofPlatform().daemon().name("restore-", 0).factory())) {
            for (var partition : RestoreTopics.partitions(topic)) {
                tasks.add(threads.submit(() -> restore(admin, partition, endOf(epoch, partition))));
            }
            tasks.forEach(Restore::await);
        }
        cutStarts(made, topic);
        if (!isWhole(made, topic, epoch)) {
            throw new RestoreException(
                    "%s does not end where its archive does: does something else write to it? Stop it and run restore again"
                            .formatted(topic.topic()));
        }
        progress.done(topic.topic(), false);
    }

    private void restore(Admin admin, TopicPartition partition, long end) {
        if (end == 0) {
            return;
        }
        var start = start(partition);
        if (start.isCut()) {
            progress.begins(partition.toString(), start.kept(), start.reason());
        }
        try (var producer = new OffsetProducer(brokers, admin, partition)) {
            new PartitionRestore(partition, producer, progress::wrote)
                    .write(archive.read(partition, start.kept(), this::gone), end);
        }
    }

    private ArchiveStart start(TopicPartition partition) {
        return archive.start(partition).orElse(new ArchiveStart(0, 0, ""));
    }

    private void gone(Range range) {
        progress.gone(
                range.manifest().topic() + "-" + range.manifest().partition(),
                range.manifest().first(),
                range.manifest().last(),
                range.reason());
    }

    /// A transaction that is still open would show as a lower end for readers of committed records.
    private static boolean isWhole(RestoreTopics made, ArchivedTopic topic, LogEpoch epoch) {
        var written = made.ends(topic, IsolationLevel.READ_UNCOMMITTED);
        return made.ends(topic, IsolationLevel.READ_COMMITTED).equals(written)
                && written.entrySet().stream()
                        .allMatch(entry -> entry.getValue() == endOf(epoch, entry.getKey()));
    }

    /// What lies before the first range that is there was written to count offsets only. So was
    /// offset 0 when it alone has no record: it was of a transaction that was aborted, among
    /// others.
    private void cutStarts(RestoreTopics made, ArchivedTopic topic) {
        for (var partition : RestoreTopics.partitions(topic)) {
            long begin = start(partition).kept();
            if (begin == 0 && firstRecord(partition) == 1) {
                begin = 1;
            }
            if (begin > 0) {
                made.deleteBefore(partition, begin);
            }
        }
    }

    /// @return its offset; 0 when there is none
    private long firstRecord(TopicPartition partition) {
        var records = archive.read(partition, 0, _ -> {});
        return records.hasNext() ? records.next().offset() : 0;
    }

    private static long endOf(LogEpoch epoch, TopicPartition partition) {
        return epoch.ends().getOrDefault(partition.toString(), 0L);
    }

    private static void await(Future<?> task) {
        try {
            task.get();
        } catch (ExecutionException failed) {
            if (failed.getCause() instanceof RuntimeException known) {
                throw known;
            }
            throw new RestoreException("a partition was not restored", failed);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new RestoreException("interrupted", interrupted);
        }
    }
}
