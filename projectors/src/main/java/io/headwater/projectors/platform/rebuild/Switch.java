package io.headwater.projectors.platform.rebuild;

import io.headwater.projectors.platform.Generation;
import io.headwater.projectors.platform.State;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/// Points all views of a projection at another generation, in one transaction. A lock that a long
/// reader holds is waited for 300 ms at most, because every new reader queues behind that wait;
/// then it is tried again.
@Component
class Switch {

    private static final Logger log = LoggerFactory.getLogger(Switch.class);
    private static final int LONGEST_PAUSE_MILLIS = 250;
    private static final String LOCK_NOT_AVAILABLE = "55P03";

    private final Generations generations;
    private final JdbcClient jdbc;
    private final TransactionTemplate transactions;
    private final Timer switches;

    Switch(
            Generations generations,
            JdbcClient jdbc,
            TransactionTemplate transactions,
            MeterRegistry metrics) {
        this.generations = generations;
        this.jdbc = jdbc;
        this.transactions = transactions;
        switches =
                Timer.builder("projection.switch")
                        .description("transactions that pointed views at another generation")
                        .register(metrics);
    }

    /// @param to in one of the states that a view may be switched to: READY, RETIRING
    /// @param keep how long the former one stays for a way back
    /// @param limit for all attempts
    /// @return whether it was switched; not when readers held on to their locks all the time, or it
    ///   is in that state no more
    boolean to(
            Generation to, State from, Duration keep, Duration limit, String reason, String actor)
            throws InterruptedException {
        long deadline = System.nanoTime() + limit.toNanos();
        while (true) {
            long began = System.nanoTime();
            try {
                boolean done =
                        Boolean.TRUE.equals(
                                transactions.execute(_ -> once(to, from, keep, reason, actor)));
                if (done) {
                    long nanos = System.nanoTime() - began;
                    switches.record(nanos, TimeUnit.NANOSECONDS);
                    log.atInfo()
                            .addKeyValue("projection", to)
                            .addKeyValue("millis", TimeUnit.NANOSECONDS.toMillis(nanos))
                            .log("views switched");
                }
                return done;
            } catch (DataAccessException failure) {
                if (!isHeld(failure)) {
                    throw failure;
                }
                if (System.nanoTime() > deadline) {
                    return false;
                }
                log.atInfo().addKeyValue("projection", to).log("readers hold the views; again");
                TimeUnit.MILLISECONDS.sleep(
                        ThreadLocalRandom.current().nextInt(1, LONGEST_PAUSE_MILLIS));
            }
        }
    }

    /// Spring has no exception of its own for this one.
    private static boolean isHeld(DataAccessException failure) {
        return failure.getMostSpecificCause() instanceof SQLException cause
                && LOCK_NOT_AVAILABLE.equals(cause.getSQLState());
    }

    private boolean once(Generation to, State from, Duration keep, String reason, String actor) {
        var former = generations.live(to.projection());
        if (former.isPresent()) {
            var old = former.get().generation();
            generations.move(old, State.LIVE, State.RETIRING, "replaced by " + to, actor);
            generations.retire(old, keep);
        }
        if (!generations.move(to, from, State.LIVE, reason, actor)) {
            throw new IllegalStateException(to + " is not " + from + " any more");
        }
        jdbc.sql("select ops.publish(:projection, :generation)")
                .param("projection", to.projection())
                .param("generation", to.number())
                .query(Integer.class)
                .single();
        jdbc.sql(
                        """
                        update ops.projection
                        set live_at = now(), retire_at = null, rate_limit = null
                        where projection = :projection and generation = :generation\
                        """)
                .param("projection", to.projection())
                .param("generation", to.number())
                .update();
        return true;
    }
}
