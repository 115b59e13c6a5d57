package io.headwater.command.intake.plan;

import io.headwater.command.platform.Refused;
import io.headwater.command.platform.postgres.OpsDatabase;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.SmartLifecycle;
import org.springframework.dao.DataAccessException;
import org.springframework.stereotype.Component;

/// Looks for plans that are to be foretold or run and that nobody works on, and works on them, a
/// virtual thread each.
@Component
public final class PlanRunner implements SmartLifecycle {

    private static final Logger log = LoggerFactory.getLogger(PlanRunner.class);
    private static final Duration SWEEP = Duration.ofHours(1);

    private final OpsDatabase database;
    private final Plans plans;
    private final PlanSettings settings;
    private final Map<Plan.Kind, PlanWork> works = new EnumMap<>(Plan.Kind.class);
    private final String owner;
    private final Set<Thread> threads = ConcurrentHashMap.newKeySet();
    private volatile CountDownLatch stop = new CountDownLatch(0);
    private @Nullable Thread finder;

    /// The owner of a lease is one run of an instance: after a restart it is another one.
    PlanRunner(
            OpsDatabase database,
            Plans plans,
            PlanSettings settings,
            List<PlanWork> works,
            @Value("${headwater.instance}") String instance) {
        this.database = database;
        this.plans = plans;
        this.settings = settings;
        works.forEach(work -> this.works.put(work.kind(), work));
        this.owner = instance + "/" + UUID.randomUUID();
    }

    @Override
    public synchronized void start() {
        stop = new CountDownLatch(1);
        finder = Thread.ofVirtual().name("plans").start(this::look);
    }

    private void look() {
        var sweepAt = Instant.now();
        do {
            try {
                if (database.ready()) {
                    plans.claim(owner, settings.lease()).ifPresent(this::work);
                    if (Instant.now().isAfter(sweepAt)) {
                        plans.forget(settings.keep());
                        sweepAt = Instant.now().plus(SWEEP);
                    }
                }
            } catch (DataAccessException away) {
                log.atDebug().setCause(away).log("plans cannot be looked for");
            }
        } while (!stopped(settings.poll()));
    }

    private void work(Plan plan) {
        var run =
                new PlanRun(
                        plan,
                        Objects.requireNonNull(works.get(plan.kind()), "no work of this kind"),
                        plans,
                        owner,
                        settings.lease(),
                        this::stopped);
        var thread = Thread.ofVirtual().name("plan-" + plan.planId()).unstarted(() -> carry(run));
        threads.add(thread);
        thread.start();
    }

    /// A fault is tried again by whoever finds the plan next; a rule that says no ends it.
    private void carry(PlanRun run) {
        try {
            run.carry();
        } catch (Refused refused) {
            run.fail(refused.code());
        } catch (RuntimeException fault) {
            log.atWarn()
                    .addKeyValue("plan", run.planId())
                    .addKeyValue("fault", fault.getClass().getName())
                    .log("a plan stopped and is tried again");
        } finally {
            threads.remove(Thread.currentThread());
        }
    }

    /// @return whether the application stops; waits for that so long
    private boolean stopped(Duration wait) {
        try {
            return stop.await(Math.max(0, wait.toMillis()), TimeUnit.MILLISECONDS);
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
            return true;
        }
    }

    @Override
    public synchronized void stop() {
        stop.countDown();
        var all = new ArrayList<>(threads);
        if (finder != null) {
            all.add(finder);
            finder = null;
        }
        try {
            for (var thread : all) {
                thread.join(settings.lease());
            }
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public synchronized boolean isRunning() {
        return finder != null;
    }

    /// Stops before the log and the results it needs.
    @Override
    public int getPhase() {
        return Integer.MAX_VALUE - 5_000;
    }
}
