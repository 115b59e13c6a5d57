package io.headwater.projectors.platform.ops;

import io.headwater.projectors.platform.Generation;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/// Checks all the time that no record is lost between a view topic and its tables: read = applied +
/// parked + skipped in each partition of each generation, and everything counted as parked is in
/// `ops.parked`.
///
/// It believes the tables only, in one statement, which sees whole transactions of the sinks. A
/// difference is never in passing: it is said once, at ERROR, and once more when it is mended.
@Component
class Accounting implements SmartLifecycle {

    private static final Logger log = LoggerFactory.getLogger(Accounting.class);
    private static final Duration PERIOD = Duration.ofSeconds(10);

    private static final String ACCOUNTS =
            """
            select p.projection, p.generation, p.lag_age_ms,
                (extract(epoch from clock_timestamp() - p.heartbeat) * 1000)::bigint
                    as heartbeat_age_ms,
                coalesce(sum(q.read), 0)::bigint as read,
                coalesce(sum(q.applied), 0)::bigint as applied,
                coalesce(sum(q.parked), 0)::bigint as parked,
                coalesce(sum(q.skipped), 0)::bigint as skipped,
                coalesce(sum(q.fenced), 0)::bigint as fenced,
                count(*) filter (where q.read <> q.applied + q.parked + q.skipped) as broken,
                (select count(*)
                 from ops.parked k
                 where k.projection = p.projection and k.generation = p.generation) as kept
            from ops.projection p
            left join ops.projection_position q
                on q.projection = p.projection and q.generation = p.generation
            where p.state <> 'GONE'
            group by p.projection, p.generation
            order by p.projection, p.generation\
            """;

    private final JdbcClient jdbc;
    private final AccountingMetrics metrics;
    private final Set<Generation> broken = new HashSet<>();
    private @Nullable ScheduledExecutorService timer;
    private @Nullable String failure;

    Accounting(JdbcClient jdbc, AccountingMetrics metrics) {
        this.jdbc = jdbc;
        this.metrics = metrics;
    }

    @Override
    public synchronized void start() {
        var started =
                Executors.newSingleThreadScheduledExecutor(
                        Thread.ofPlatform().name("projection-accounting").daemon(true).factory());
        long period = PERIOD.toMillis();
        started.scheduleWithFixedDelay(this::run, period, period, TimeUnit.MILLISECONDS);
        timer = started;
    }

    @Override
    public synchronized void stop() {
        var started = timer;
        timer = null;
        if (started != null) {
            started.shutdownNow();
        }
    }

    @Override
    public synchronized boolean isRunning() {
        return timer != null;
    }

    private void run() {
        try {
            check();
            failure = null;
        } catch (DataAccessException away) {
            String reason = String.valueOf(away.getMostSpecificCause().getMessage());
            if (!reason.equals(failure)) {
                log.atWarn().addKeyValue("reason", reason).log("accounts cannot be read");
            }
            failure = reason;
        }
    }

    /// One look at all generations that are not gone.
    List<Account> check() {
        var accounts = accounts();
        metrics.show(accounts);
        accounts.forEach(this::judge);
        return accounts;
    }

    private List<Account> accounts() {
        return jdbc.sql(ACCOUNTS)
                .query((row, number) ->
                        new Account(
                                new Generation(
                                        row.getString("projection"), row.getInt("generation")),
                                row.getLong("read"),
                                row.getLong("applied"),
                                row.getLong("parked"),
                                row.getLong("skipped"),
                                row.getLong("fenced"),
                                row.getLong("broken"),
                                row.getLong("kept"),
                                row.getLong("lag_age_ms"),
                                Math.max(0, row.getLong("heartbeat_age_ms"))))
                .list();
    }

    private void judge(Account account) {
        if (account.holds()) {
            if (broken.remove(account.generation())) {
                log.atInfo()
                        .addKeyValue("projection", account.generation())
                        .log("accounting holds again");
            }
        } else if (broken.add(account.generation())) {
            log.atError()
                    .addKeyValue("projection", account.generation())
                    .addKeyValue("difference", account.difference())
                    .log("accounting does not hold");
        }
    }
}
