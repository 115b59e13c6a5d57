package io.headwater.jobs.archive;

import io.headwater.archive.ArchiveException;
import io.headwater.archive.ArchiveReader;
import io.headwater.archive.ArchiveWriter;
import io.headwater.archive.ChainEnd;
import io.headwater.archive.ClosedRange;
import io.headwater.archive.RangeBuilder;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One partition on its way into the archive:
///
///     FINDING ─► OPEN ─► PUBLISHING ─► OPEN …      STOPPED: somebody must act
///        ▲─────────────────┘ another writer was first
///
/// While it waits for the store or the registry its partition is paused, and what failed is tried
/// again with doubling waits. Used by the thread of the consumer only.
final class PartitionArchive {

    private static final Logger log = LoggerFactory.getLogger(PartitionArchive.class);

    private final TopicPartition partition;
    private final int partitions;
    private final int epoch;
    private final Consumer<byte[], byte[]> consumer;
    private final LogArchiveSettings settings;
    private final LogArchiveMetrics metrics;
    private final ArchiveReader reader;
    private final ArchiveWriter writer;
    private final Executor uploads;
    private ChainEnd end = ChainEnd.NOTHING;
    private @Nullable RangeBuilder open;
    private long openedAt;
    private @Nullable Publication publication;
    private @Nullable CompletableFuture<@Nullable ChainEnd> work;
    private Duration backoff;
    private long retryAt = System.nanoTime();
    private @Nullable Instant waitingSince;
    private @Nullable String failure;
    private @Nullable String stopped;

    /// @param partitions of the topic
    /// @param epoch of the log
    PartitionArchive(
            TopicPartition partition,
            int partitions,
            int epoch,
            Consumer<byte[], byte[]> consumer,
            LogArchiveSettings settings,
            LogArchiveMetrics metrics,
            ArchiveReader reader,
            ArchiveWriter writer,
            Executor uploads) {
        this.partition = partition;
        this.partitions = partitions;
        this.epoch = epoch;
        this.consumer = consumer;
        this.settings = settings;
        this.metrics = metrics;
        this.reader = reader;
        this.writer = writer;
        this.uploads = uploads;
        this.backoff = settings.shortestBackoff();
        // Not fetched from before the archive said where to go on; else a committed offset is
        // looked for, and there is none.
        consumer.seek(partition, 0);
        consumer.pause(List.of(partition));
    }

    /// Takes what was read. What belongs to the next range is read again after this one.
    void take(List<ConsumerRecord<byte[], byte[]>> records) {
        var range = open;
        if (range == null) {
            throw new IllegalStateException("records of a paused partition " + partition);
        }
        for (var record : records) {
            if (!range.add(record)) {
                close(range, range.fullAt(record.offset()));
                return;
            }
            if (range.count() == 1) {
                openedAt = System.nanoTime();
            }
        }
    }

    /// One step, if there is one to make; never waits.
    void step() {
        if (stopped != null) {
            return;
        }
        var running = work;
        if (running != null) {
            if (running.isDone()) {
                work = null;
                finish(running);
            }
            return;
        }
        var range = open;
        if (range != null) {
            closeWhenItIsTime(range);
        } else if (System.nanoTime() - retryAt >= 0) {
            begin();
        }
    }

    @Nullable Instant oldest() {
        var range = open;
        if (range == null && publication != null) {
            range = publication.range;
        }
        return range == null || range.count() == 0
                ? null
                : Instant.ofEpochMilli(range.firstTimestamp());
    }

    /// From the archive to the end of the topic, as far as that is known.
    long lagOffsets() {
        if (open == null && publication == null) {
            return 0;
        }
        return consumer.position(partition)
                - end.next()
                + consumer.currentLag(partition).orElse(0L);
    }

    long next() {
        return end.next();
    }

    @Nullable Instant waitingSince() {
        return waitingSince;
    }

    @Nullable String failure() {
        return failure;
    }

    /// Whether what is archived was found to be of the log that is here.
    boolean isOfThisLog() {
        return open != null || publication != null;
    }

    /// Why it does not go on by itself, null when it does.
    @Nullable String stopped() {
        return stopped == null ? null : partition + ": " + stopped;
    }

    private void begin() {
        var publish = publication;
        work =
                publish == null
                        ? CompletableFuture.supplyAsync(this::find, uploads)
                        : CompletableFuture.supplyAsync(publish::run, uploads);
    }

    private ChainEnd find() {
        try {
            writer.prepare(partition.topic(), partitions, epoch);
        } catch (IOException away) {
            throw new ArchiveException.Unavailable(String.valueOf(away.getMessage()), away);
        }
        return reader.end(partition);
    }

    private void finish(CompletableFuture<@Nullable ChainEnd> done) {
        try {
            var reached = done.join();
            waitingSince = null;
            failure = null;
            backoff = settings.shortestBackoff();
            var published = publication;
            publication = null;
            if (published == null && reached != null) {
                found(reached);
            } else if (published != null && reached != null) {
                published.count(metrics);
                open(reached);
            } else {
                log.atInfo()
                        .addKeyValue("partition", partition)
                        .log("another writer was first, going on from its range");
            }
        } catch (CompletionException failed) {
            failed(failed.getCause() == null ? failed : failed.getCause());
        }
    }

    private void failed(Throwable cause) {
        metrics.attemptsFailed.increment();
        failure = cause.getClass().getSimpleName() + ": " + cause.getMessage();
        if (cause instanceof ArchiveException && !(cause instanceof ArchiveException.Unavailable)) {
            stop(String.valueOf(cause.getMessage()));
            return;
        }
        if (waitingSince == null) {
            waitingSince = Instant.now();
        }
        log.atWarn()
                .addKeyValue("partition", partition)
                .addKeyValue("cause", failure)
                .log("not archived yet, trying again");
        retryAt = System.nanoTime() + backoff.toNanos();
        var doubled = backoff.multipliedBy(2);
        backoff =
                doubled.compareTo(settings.longestBackoff()) < 0
                        ? doubled
                        : settings.longestBackoff();
    }

    /// @param found where the archive ends; nothing more of ours is on its way
    private void found(ChainEnd found) {
        long beginning = consumer.beginningOffsets(List.of(partition)).getOrDefault(partition, 0L);
        long last = consumer.endOffsets(List.of(partition)).getOrDefault(partition, 0L);
        String newest = found.sha256();
        if (newest == null) {
            open(new ChainEnd(beginning, null));
        } else if (found.next() > last) {
            stop(
                    "the archive ends at offset %d and the topic at %d: it is the archive of another log. Restore from it, or name another bucket (docs/archive.md)"
                            .formatted(found.next(), last));
        } else if (found.next() < beginning) {
            lose(found.next(), beginning, newest);
        } else {
            open(found);
        }
    }

    private void stop(String reason) {
        stopped = reason;
        log.atError()
                .addKeyValue("partition", partition)
                .addKeyValue("reason", reason)
                .log("this partition is not archived");
    }

    private void lose(long first, long beginning, String newest) {
        String why =
                "offsets %d to %d were gone from the topic before they were archived"
                        .formatted(first, beginning - 1);
        log.atError().addKeyValue("partition", partition).log(why);
        metrics.offsetsLost.increment(beginning - first);
        publication =
                new Publication(ClosedRange.lost(partition, first, beginning, newest, why), writer);
    }

    private void open(ChainEnd from) {
        end = from;
        open =
                new RangeBuilder(
                        partition,
                        from.next(),
                        from.sha256(),
                        settings.rangeOffsets(),
                        settings.rangeBytes().toBytes());
        consumer.seek(partition, from.next());
        consumer.resume(List.of(partition));
    }

    private void closeWhenItIsTime(RangeBuilder range) {
        long position = consumer.position(partition);
        if (range.isFull(position)) {
            close(range, range.fullAt(position));
        } else if (range.count() > 0
                && System.nanoTime() - openedAt >= settings.rangeAge().toNanos()) {
            close(range, position);
        }
    }

    private void close(RangeBuilder range, long next) {
        open = null;
        publication = new Publication(range, next, writer);
        consumer.seek(partition, next);
        consumer.pause(List.of(partition));
    }

    /// A range that has ended, until it is in the archive.
    private static final class Publication {

        private final @Nullable RangeBuilder range;
        private final long next;
        private final ArchiveWriter writer;
        private @Nullable ClosedRange closed;

        Publication(RangeBuilder range, long next, ArchiveWriter writer) {
            this.range = range;
            this.next = next;
            this.writer = writer;
        }

        Publication(ClosedRange closed, ArchiveWriter writer) {
            this.range = null;
            this.next = closed.manifest().next();
            this.writer = writer;
            this.closed = closed;
        }

        /// May be called again after it failed; never twice at once.
        @Nullable ChainEnd run() {
            try {
                var made = closed;
                if (made == null && range != null) {
                    made = range.close(next, writer.storeSchemas(range.wireIds()));
                    closed = made;
                }
                if (made == null) {
                    throw new IllegalStateException("nothing to publish");
                }
                return writer.publish(made);
            } catch (IOException away) {
                throw new ArchiveException.Unavailable(String.valueOf(away.getMessage()), away);
            }
        }

        void count(LogArchiveMetrics metrics) {
            if (closed != null) {
                metrics.recordsArchived.increment(closed.manifest().count());
                metrics.bytesPublished.increment(closed.manifest().bytes());
                metrics.rangesPublished.increment();
            }
        }
    }
}
