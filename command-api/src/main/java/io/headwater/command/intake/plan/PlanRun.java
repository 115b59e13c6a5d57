package io.headwater.command.intake.plan;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// One instance's work on one plan, for as long as it holds the lease.
///
/// A step is decided before it is written down. Whoever takes over does the last ones again, under
/// the same command ids, and gets the same answers.
final class PlanRun {

    /// Steps of one round: what a round takes is when the rows move.
    private static final Duration ROUND = Duration.ofMillis(500);

    private static final int MOST = 250;

    /// A decision takes as long as a decider needs to start again.
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    /// Before it is tried again, when nothing could be decided.
    private static final Duration PAUSE = Duration.ofSeconds(1);

    private final Plan plan;
    private final PlanWork work;
    private final Plans plans;
    private final String owner;
    private final Duration lease;
    private final Predicate<Duration> stopped;
    private Instant pacedUntil;

    /// @param stopped waits so long and tells whether the application stops
    PlanRun(
            Plan plan,
            PlanWork work,
            Plans plans,
            String owner,
            Duration lease,
            Predicate<Duration> stopped) {
        this.plan = plan;
        this.work = work;
        this.plans = plans;
        this.owner = owner;
        this.lease = lease;
        this.stopped = stopped;
        var paced = plan.pacedUntil();
        this.pacedUntil = paced == null ? Instant.EPOCH : paced;
    }

    String planId() {
        return plan.planId();
    }

    void carry() {
        boolean over = plan.status() == Plan.Status.PREDICTING ? foretell() : run();
        if (over) {
            plans.finish(
                    planId(),
                    owner,
                    plan.status(),
                    plan.status() == Plan.Status.PREDICTING ? Plan.Status.READY : Plan.Status.DONE,
                    null);
        } else {
            plans.release(planId(), owner);
        }
    }

    void fail(String code) {
        plans.finish(planId(), owner, plan.status(), Plan.Status.FAILED, code);
    }

    private boolean mine() {
        return !stopped.test(Duration.ZERO) && plans.keep(planId(), owner, lease, null);
    }

    /// As fast as the decider answers: nothing changes by it.
    private boolean foretell() {
        work.find(plan, this::mine);
        while (mine()) {
            var items = plans.unforetold(planId(), MOST);
            if (items.isEmpty()) {
                return true;
            }
            var foretold = decided(items, item -> work.foretell(plan, item));
            plans.foretold(planId(), foretold);
            if (foretold.isEmpty() && stopped.test(PAUSE)) {
                return false;
            }
        }
        return false;
    }

    private boolean run() {
        if (!mine()) {
            return false;
        }
        var steps = work.begin(plan, this::mine);
        double rate = plan.ratePerSecond();
        int most = (int) Math.clamp(rate * ROUND.toMillis() / 1000, 1, MOST);
        while (awaitPace()) {
            var items = plans.undone(planId(), most);
            if (items.isEmpty()) {
                return true;
            }
            pacedUntil = Instant.now().plusMillis((long) Math.ceil(items.size() * 1000 / rate));
            if (!plans.keep(planId(), owner, lease, pacedUntil)) {
                return false;
            }
            var done = decided(items, steps::act);
            plans.done(planId(), done);
            if (done.isEmpty() && stopped.test(PAUSE)) {
                return false;
            }
        }
        return false;
    }

    /// @return false: it is not ours any more
    private boolean awaitPace() {
        while (true) {
            var wait = Duration.between(Instant.now(), pacedUntil);
            if (wait.isNegative() || wait.isZero()) {
                return mine();
            }
            var part = lease.dividedBy(3);
            if (stopped.test(wait.compareTo(part) < 0 ? wait : part) || !mine()) {
                return false;
            }
        }
    }

    /// @return those that were decided; the others are asked again in another round
    private Map<Plan.Item, Plan.Outcome> decided(
            List<Plan.Item> items, Function<Plan.Item, CompletableFuture<Plan.Outcome>> asked) {
        var pending = new LinkedHashMap<Plan.Item, CompletableFuture<Plan.Outcome>>();
        items.forEach(item -> pending.put(item, asked.apply(item)));
        var decided = new LinkedHashMap<Plan.Item, Plan.Outcome>();
        long end = System.nanoTime() + PATIENCE.toNanos();
        pending.forEach((item, future) -> {
            var outcome = outcome(future, end);
            if (outcome != null) {
                decided.put(item, outcome);
            }
        });
        return decided;
    }

    /// Keeps the lease while it waits.
    private Plan.@Nullable Outcome outcome(CompletableFuture<Plan.Outcome> future, long end) {
        while (true) {
            long left = end - System.nanoTime();
            long part = Math.min(left, lease.dividedBy(3).toNanos());
            try {
                return future.get(Math.max(0, part), TimeUnit.NANOSECONDS);
            } catch (TimeoutException notYet) {
                if (left <= 0 || !mine()) {
                    return null;
                }
            } catch (ExecutionException failed) {
                return null;
            } catch (InterruptedException stopping) {
                Thread.currentThread().interrupt();
                return null;
            }
        }
    }
}
