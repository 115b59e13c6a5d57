package io.headwater.jobs.archive;

import io.headwater.archive.ArchiveExpiry;
import io.headwater.archive.ArchiveReader;
import io.headwater.archive.ArchiveWriter;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/// The life of one consumer: reads, lets each partition make its step, again. It never waits for
/// the store, so the group keeps it however long that is away.
///
/// A partition that is taken away is forgotten. What was on its way may still arrive: of two
/// manifests for one offset the store takes the first.
final class LogArchiveLoop implements ConsumerRebalanceListener {

    private static final Duration POLL = Duration.ofMillis(250);

    private final Consumer<byte[], byte[]> consumer;
    private final List<String> topics;
    private final int epoch;
    private final LogArchiveSettings settings;
    private final LogArchiveMetrics metrics;
    private final ArchiveReader reader;
    private final ArchiveWriter writer;
    private final ArchiveExpiry expiry;
    private final Executor uploads;
    private final CountDownLatch stop;
    private final Clock clock = Clock.systemUTC();
    private final Map<TopicPartition, PartitionArchive> partitions = new HashMap<>();
    private final Map<TopicPartition, PartitionExpiry> expiries = new HashMap<>();

    LogArchiveLoop(
            Consumer<byte[], byte[]> consumer,
            List<String> topics,
            int epoch,
            LogArchiveSettings settings,
            LogArchiveMetrics metrics,
            ArchiveReader reader,
            ArchiveWriter writer,
            ArchiveExpiry expiry,
            Executor uploads,
            CountDownLatch stop) {
        this.consumer = consumer;
        this.topics = topics;
        this.epoch = epoch;
        this.settings = settings;
        this.metrics = metrics;
        this.reader = reader;
        this.writer = writer;
        this.expiry = expiry;
        this.uploads = uploads;
        this.stop = stop;
    }

    /// Until told to stop.
    ///
    /// @throws org.apache.kafka.common.KafkaException when this consumer cannot go on
    void run() {
        consumer.subscribe(topics, this);
        while (stop.getCount() > 0 && !Thread.currentThread().isInterrupted()) {
            var records = consumer.poll(POLL);
            for (var partition : records.partitions()) {
                var archive = partitions.get(partition);
                if (archive != null) {
                    archive.take(records.records(partition));
                }
            }
            partitions.values().forEach(PartitionArchive::step);
            expiries.forEach(this::step);
            metrics.state(state());
        }
    }

    @Override
    public void onPartitionsAssigned(Collection<TopicPartition> assigned) {
        for (var partition : assigned) {
            partitions.put(
                    partition,
                    new PartitionArchive(
                            partition,
                            consumer.partitionsFor(partition.topic()).size(),
                            epoch,
                            consumer,
                            settings,
                            metrics,
                            reader,
                            writer,
                            uploads));
            var keep = settings.keep(partition.topic());
            if (keep != null) {
                expiries.put(
                        partition,
                        new PartitionExpiry(partition, keep, settings, metrics, expiry, uploads));
            }
        }
    }

    /// Of an archive of another log nothing is taken away: it may be all that is left of that one.
    private void step(TopicPartition partition, PartitionExpiry expired) {
        var archive = partitions.get(partition);
        if (archive != null && archive.isOfThisLog()) {
            expired.step();
        }
    }

    @Override
    public void onPartitionsRevoked(Collection<TopicPartition> revoked) {
        revoked.forEach(partitions::remove);
        revoked.forEach(expiries::remove);
    }

    private LogArchiveState state() {
        Instant oldest = null;
        Instant waitingSince = null;
        String failure = null;
        long lag = 0;
        var stopped = new ArrayList<String>();
        var next = new HashMap<String, Long>();
        for (var entry : partitions.entrySet()) {
            var archive = entry.getValue();
            oldest = earlier(oldest, archive.oldest());
            waitingSince = earlier(waitingSince, archive.waitingSince());
            failure = archive.failure() == null ? failure : archive.failure();
            lag += archive.lagOffsets();
            if (archive.stopped() != null) {
                stopped.add(archive.stopped());
            }
            next.put(entry.getKey().toString(), archive.next());
        }
        return new LogArchiveState(
                clock.instant(), oldest, lag, waitingSince, failure, List.copyOf(stopped), next);
    }

    private static @Nullable Instant earlier(@Nullable Instant one, @Nullable Instant other) {
        if (one == null || other == null) {
            return one == null ? other : one;
        }
        return one.isBefore(other) ? one : other;
    }
}
