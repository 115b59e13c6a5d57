package io.headwater.command.platform.kafka;

import io.headwater.command.platform.health.HealthPart;
import io.headwater.vault.VaultRefusedException;
import io.headwater.vault.VaultUnavailableException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/// The intake log over one transactional producer and one thread: whatever waits goes into the next
/// transaction, so that the cost of a commit is shared by all who wait for it and nobody waits
/// longer than that.
///
/// While the broker is away requests fail after the limit, or at once when that is known already.
final class TransactionalIntakeLog implements IntakeLog, SmartLifecycle, HealthPart {

    private static final Logger log = LoggerFactory.getLogger(TransactionalIntakeLog.class);

    /// Requests in one transaction: beyond this the shared commit saves nothing more.
    private static final int GROUP = 500;

    private static final Duration PAUSE = Duration.ofMillis(200);

    private final RecordEncoder encoder;
    private final Duration limit;
    private final BlockingQueue<Append> queue;
    private final GroupCommit commits;
    private final Deadlines deadlines;
    private volatile boolean reachable = true;
    private volatile boolean running;
    private volatile @Nullable Thread writer;

    TransactionalIntakeLog(
            RecordEncoder encoder,
            Duration limit,
            int capacity,
            Supplier<Producer<byte[], byte[]>> producers) {
        this.encoder = encoder;
        this.limit = limit;
        this.queue = new ArrayBlockingQueue<>(capacity);
        this.commits = new GroupCommit(producers);
        this.deadlines = new Deadlines(limit);
    }

    @Override
    public CompletableFuture<Void> append(List<ProducerRecord<String, SpecificRecord>> records) {
        var done = new CompletableFuture<Void>();
        try {
            var append = new Append(encoder.encode(records), done);
            if (!reachable) {
                append.fail("the log is away", null);
            } else if (queue.offer(append)) {
                deadlines.watch(done);
            } else {
                append.fail("too many requests wait", null);
            }
        } catch (LogUnavailableException
                | IllegalArgumentException
                | VaultUnavailableException
                | VaultRefusedException unwritable) {
            done.completeExceptionally(unwritable);
        }
        return done;
    }

    private void run() {
        var group = new ArrayList<Append>();
        while (running) {
            try {
                reachable = commits.open();
                var first = queue.poll(PAUSE.toMillis(), TimeUnit.MILLISECONDS);
                if (first != null) {
                    group.add(first);
                    queue.drainTo(group, GROUP - 1);
                    group.removeIf(append -> !append.awaited());
                }
                if (!group.isEmpty()) {
                    commits.write(group);
                }
            } catch (InterruptedException stopped) {
                running = false;
            } catch (RuntimeException unexpected) {
                reachable = false;
                log.atError().setCause(unexpected).log("intake writer");
                group.forEach(append -> append.fail("the log failed", unexpected));
                pause();
            }
            group.clear();
        }
        queue.forEach(append -> append.fail("the application stops", null));
        commits.close();
    }

    /// What failed unexpectedly will most likely do so again.
    private void pause() {
        try {
            TimeUnit.MILLISECONDS.sleep(PAUSE.toMillis());
        } catch (InterruptedException stopped) {
            running = false;
        }
    }

    @Override
    public String name() {
        return "intake-log";
    }

    @Override
    public boolean up() {
        return isRunning() && reachable;
    }

    @Override
    public void start() {
        running = true;
        deadlines.start();
        writer = Thread.ofPlatform().name("intake-log").start(this::run);
    }

    @Override
    public void stop() {
        var thread = writer;
        running = false;
        if (thread != null) {
            try {
                thread.join(limit);
            } catch (InterruptedException stopped) {
                Thread.currentThread().interrupt();
            }
        }
        deadlines.close();
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    /// After the web server has stopped, before the consumers.
    @Override
    public int getPhase() {
        return Integer.MAX_VALUE - 10_000;
    }
}
