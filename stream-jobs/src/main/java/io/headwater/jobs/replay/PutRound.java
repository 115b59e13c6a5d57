package io.headwater.jobs.replay;

import io.headwater.jobs.platform.s3.ObjectStore;
import java.io.IOException;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// One attempt to write some objects, a bounded number at a time.
///
/// Whether their sessions were erased was asked just before it: after [#LIMIT] no put is begun, so
/// that none begins long after the answer.
final class PutRound {

    /// Longest time from the beginning of a round to that of a put.
    static final Duration LIMIT = Duration.ofSeconds(5);

    private final ObjectStore store;
    private final Semaphore permits;
    private final CountDownLatch open;
    private final ConcurrentLinkedQueue<ArchiveObject> unwritten = new ConcurrentLinkedQueue<>();
    private final long end = System.nanoTime() + LIMIT.toNanos();
    private volatile boolean cancelled;
    private volatile @Nullable Exception cause;

    private PutRound(ObjectStore store, int parallel, int puts) {
        this.store = store;
        this.permits = new Semaphore(parallel);
        this.open = new CountDownLatch(puts);
    }

    static PutRound start(ObjectStore store, int parallel, Collection<ArchiveObject> objects) {
        var round = new PutRound(store, parallel, objects.size());
        for (var object : objects) {
            Thread.ofVirtual().name("archive-put").start(() -> round.put(object));
        }
        return round;
    }

    /// @return whether every put has ended, well or not
    boolean await(Duration limit) {
        try {
            return open.await(limit.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            cancelled = true;
            return false;
        }
    }

    /// Starts no further put and waits for those under way, each as long as one call may take.
    void cancel() {
        cancelled = true;
        boolean ended = false;
        while (!ended && !Thread.currentThread().isInterrupted()) {
            ended = await(Duration.ofSeconds(1));
        }
    }

    /// @return what is not known to be written
    List<ArchiveObject> unwritten() {
        return List.copyOf(unwritten);
    }

    /// @return of one of the failures; null when there was none: what is unwritten was not begun
    @Nullable Exception cause() {
        return cause;
    }

    private void put(ArchiveObject object) {
        permits.acquireUninterruptibly();
        boolean written = false;
        try {
            if (!cancelled && System.nanoTime() - end < 0) {
                store.put(object.key(), object.json());
                written = true;
            }
        } catch (IOException | RuntimeException failed) {
            cause = failed;
        } finally {
            if (!written) {
                unwritten.add(object);
            }
            permits.release();
            open.countDown();
        }
    }
}
