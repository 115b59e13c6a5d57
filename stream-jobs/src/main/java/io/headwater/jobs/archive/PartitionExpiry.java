package io.headwater.jobs.archive;

import io.headwater.archive.ArchiveExpiry;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Lets the oldest ranges of one partition go when their time is over. What fails is tried again; a
/// range that was half taken away is taken away then. Used by the thread of the consumer only.
final class PartitionExpiry {

    private static final Logger log = LoggerFactory.getLogger(PartitionExpiry.class);

    /// At a time: ranges that wait to be published are let through in between.
    private static final int MOST = 50;

    private final TopicPartition partition;
    private final Duration keep;
    private final LogArchiveSettings settings;
    private final LogArchiveMetrics metrics;
    private final ArchiveExpiry expiry;
    private final Executor uploads;
    private @Nullable CompletableFuture<Integer> work;
    private long nextAt = System.nanoTime();

    PartitionExpiry(
            TopicPartition partition,
            Duration keep,
            LogArchiveSettings settings,
            LogArchiveMetrics metrics,
            ArchiveExpiry expiry,
            Executor uploads) {
        this.partition = partition;
        this.keep = keep;
        this.settings = settings;
        this.metrics = metrics;
        this.expiry = expiry;
        this.uploads = uploads;
    }

    /// One step, if there is one to make; never waits.
    void step() {
        var running = work;
        if (running == null && System.nanoTime() - nextAt >= 0) {
            work =
                    CompletableFuture.supplyAsync(
                            () -> expiry.expire(partition, keep, Instant.now(), MOST), uploads);
        } else if (running != null && running.isDone()) {
            work = null;
            nextAt = System.nanoTime() + finish(running).toNanos();
        }
    }

    /// @return time until the next look
    private Duration finish(CompletableFuture<Integer> done) {
        try {
            int expired = done.join();
            metrics.rangesExpired.increment(expired);
            if (expired > 0) {
                log.atInfo()
                        .addKeyValue("partition", partition)
                        .addKeyValue("ranges", expired)
                        .log("ranges of the archive have expired");
            }
            return expired == MOST ? Duration.ZERO : settings.keepEvery();
        } catch (CompletionException failed) {
            metrics.attemptsFailed.increment();
            log.atWarn()
                    .addKeyValue("partition", partition)
                    .setCause(failed.getCause())
                    .log("what is to expire stays for the moment");
            return settings.longestBackoff();
        }
    }
}
