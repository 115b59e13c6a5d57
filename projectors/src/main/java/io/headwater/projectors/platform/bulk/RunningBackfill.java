package io.headwater.projectors.platform.bulk;

import io.headwater.projectors.platform.Generation;
import io.headwater.projectors.platform.Projection;
import io.headwater.projectors.platform.bulk.Progress.Step;
import io.headwater.vault.AbsentKeyException;
import io.headwater.vault.VaultRefusedException;
import io.headwater.vault.VaultUnavailableException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InterruptException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;

/// Makes the first rows of one generation on a thread of its own, again and again until it is done,
/// given up, or pointless.
public final class RunningBackfill implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(RunningBackfill.class);
    private static final long RETRY_MILLIS = 1_000;
    private static final long LOOK_MILLIS = 500;
    private static final Duration STOP_LIMIT = Duration.ofSeconds(10);

    /// Opens the connection that holds the lock and fills the tables.
    interface Connections {
        Connection open() throws SQLException;
    }

    private final Projection projection;
    private final Generation generation;
    private final Backfill.Surroundings with;
    private final Connections connections;
    private final Semaphore turn;
    private final Runnable over;
    private final Thread thread;
    private volatile Progress progress = Progress.NONE;
    private volatile @Nullable Connection connection;
    private volatile boolean closing;

    /// @param turn of this instance: memory is for one at a time
    /// @param over told when there is nothing more to do
    RunningBackfill(
            Projection projection,
            Generation generation,
            Backfill.Surroundings with,
            Connections connections,
            Semaphore turn,
            Runnable over) {
        this.projection = projection;
        this.generation = generation;
        this.with = with;
        this.connections = connections;
        this.turn = turn;
        this.over = over;
        thread = Thread.ofPlatform().name("backfill-" + generation).unstarted(this::run);
    }

    void start() {
        thread.start();
    }

    public Progress progress() {
        return progress;
    }

    /// What it does is void; whoever begins next clears it away.
    @Override
    public void close() {
        closing = true;
        thread.interrupt();
        try {
            if (!thread.join(STOP_LIMIT)) {
                // In a statement of Postgres, which hears no interrupt.
                var open = connection;
                if (open != null) {
                    open.abort(Runnable::run);
                }
                thread.join(STOP_LIMIT);
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        } catch (SQLException gone) {
            log.atDebug().setCause(gone).log("connection was gone");
        }
    }

    private void run() {
        try {
            turn.acquire();
            try {
                while (!closing && !attempt()) {
                    TimeUnit.MILLISECONDS.sleep(RETRY_MILLIS);
                }
            } finally {
                turn.release();
            }
            over.run();
        } catch (InterruptedException | InterruptException stopped) {
            log.atDebug().addKeyValue("projection", generation).log("backfill given up");
        }
    }

    /// @return whether there is nothing more to do
    private boolean attempt() throws InterruptedException {
        try (var open = connections.open()) {
            connection = open;
            while (!BackfillLock.take(open, generation)) {
                waits("another instance makes it");
                TimeUnit.MILLISECONDS.sleep(LOOK_MILLIS);
            }
            var told = new Told();
            new Backfill(projection, generation, with, open, told).run();
            log.atInfo()
                    .addKeyValue("projection", generation)
                    .addKeyValue("read", progress.done())
                    .addKeyValue("millis", told.millis)
                    .log("backfill handed over");
            return true;
        } catch (PoisonException poison) {
            progress = progress.stopped(String.valueOf(poison.getMessage()));
            log.atError()
                    .addKeyValue("projection", generation)
                    .addKeyValue("reason", poison.getMessage())
                    .log("backfill stopped");
            return true;
        } catch (InterruptException stopped) {
            throw stopped;
        } catch (SQLException
                | DataAccessException
                | ExecutionException
                | KafkaException
                | VaultUnavailableException
                | VaultRefusedException
                | AbsentKeyException away) {
            waits(String.valueOf(away.getMessage()));
            return false;
        } catch (RuntimeException bug) {
            if (closing) {
                return true;
            }
            progress = progress.stopped(bug.getClass().getSimpleName() + ": " + bug.getMessage());
            log.atError().setCause(bug).addKeyValue("projection", generation).log("backfill");
            return true;
        } finally {
            connection = null;
        }
    }

    private void waits(String reason) {
        if (!closing && !reason.equals(progress.waits())) {
            log.atWarn()
                    .addKeyValue("projection", generation)
                    .addKeyValue("reason", reason)
                    .log("backfill waits and tries again");
        }
        progress = progress.waits(reason);
    }

    private final class Told implements Backfill.Report {

        /// Taken by each step that is over.
        private final Map<Step, Long> millis = new EnumMap<>(Step.class);

        private long since = System.nanoTime();

        @Override
        public void begins(Step step) {
            long now = System.nanoTime();
            millis.put(progress.step(), TimeUnit.NANOSECONDS.toMillis(now - since));
            since = now;
            progress = progress.in(step);
        }

        @Override
        public void over(long first, long end) {
            progress = progress.over(first, end);
        }

        @Override
        public void read(long offsets, long timestamp) {
            progress = progress.read(offsets, timestamp);
        }
    }
}
