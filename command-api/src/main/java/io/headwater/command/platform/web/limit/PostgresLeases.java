package io.headwater.command.platform.web.limit;

import io.headwater.command.platform.postgres.OpsDatabase;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;

/// Rows of `ops_command.limit_window`.
///
/// A request waits at most [#WAIT] for its lease; after a failure the store is left alone for
/// [#PAUSE], so that one that is away slows down a few requests, not all.
final class PostgresLeases implements Leases, AutoCloseable {

    static final Duration WAIT = Duration.ofMillis(250);
    private static final Duration PAUSE = Duration.ofSeconds(2);
    private static final Duration SWEEP = Duration.ofMinutes(1);

    private static final String ADD =
            """
            insert into ops_command.limit_window as known
                (subject, window_start, window_end, leased)
            values (:subject, :start, :end, :units)
            on conflict (subject, window_start)
            do update set leased = known.leased + excluded.leased
            returning leased
            """;

    /// A minute late, for instances whose clock is behind.
    private static final String DROP_PAST =
            """
            delete from ops_command.limit_window
            where window_end < now() - interval '1 minute'
            """;

    private static final Logger log = LoggerFactory.getLogger(PostgresLeases.class);

    private final OpsDatabase database;
    private final JdbcClient jdbc;
    private final Counter leased;
    private final Counter failed;
    private final AtomicLong pausedUntil = new AtomicLong(System.nanoTime());
    private final AtomicLong sweepAt = new AtomicLong(System.nanoTime());
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

    /// @param pool connections whose statements end soon
    PostgresLeases(OpsDatabase database, DataSource pool, MeterRegistry meters) {
        this.database = database;
        this.jdbc = JdbcClient.create(pool);
        this.leased = meters.counter("web.limits.leased");
        this.failed = meters.counter("web.limits.failed");
    }

    @Override
    public OptionalLong add(String subject, Instant start, Instant end, long units) {
        if (!database.ready() || System.nanoTime() - pausedUntil.get() < 0) {
            return OptionalLong.empty();
        }
        var answer =
                CompletableFuture.supplyAsync(() -> insert(subject, start, end, units), threads);
        try {
            long total = answer.get(WAIT.toMillis(), TimeUnit.MILLISECONDS);
            leased.increment();
            return OptionalLong.of(total);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            return OptionalLong.empty();
        } catch (ExecutionException | TimeoutException away) {
            failed.increment();
            pausedUntil.set(System.nanoTime() + PAUSE.toNanos());
            log.atWarn()
                    .addKeyValue("reason", String.valueOf(away.getMessage()))
                    .log("limits are counted by this instance alone");
            return OptionalLong.empty();
        }
    }

    private long insert(String subject, Instant start, Instant end, long units) {
        long total =
                jdbc.sql(ADD)
                        .param("subject", subject)
                        .param("start", start.atOffset(ZoneOffset.UTC))
                        .param("end", end.atOffset(ZoneOffset.UTC))
                        .param("units", units)
                        .query(Long.class)
                        .single();
        long due = sweepAt.get();
        if (System.nanoTime() - due >= 0
                && sweepAt.compareAndSet(due, System.nanoTime() + SWEEP.toNanos())) {
            threads.execute(() -> jdbc.sql(DROP_PAST).update());
        }
        return total;
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }
}
