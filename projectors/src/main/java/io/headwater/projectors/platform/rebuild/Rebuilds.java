package io.headwater.projectors.platform.rebuild;

import io.headwater.projectors.platform.Generation;
import io.headwater.projectors.platform.ProjectorSettings;
import io.headwater.projectors.platform.State;
import io.headwater.projectors.platform.keys.Samples;
import io.headwater.vault.VaultUnavailableException;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.common.KafkaException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.stereotype.Component;

/// Leads generations from state to state, in one instance of all. Whatever it does is decided from
/// Postgres and may be repeated, so it goes on where a dead leader stopped.
@Component
public class Rebuilds {

    private static final Logger log = LoggerFactory.getLogger(Rebuilds.class);
    private static final long LOOK_MILLIS = 200;
    private static final long SLOW_NANOS = Duration.ofSeconds(1).toNanos();
    private static final Duration SWITCH_LIMIT = Duration.ofSeconds(20);
    private static final Duration STOP_LIMIT = Duration.ofSeconds(10);

    /// A cut that did not come about this often says something.
    private static final int CUTS = 5;

    /// How fast a generation read when it was last looked at.
    private record Seen(long done, long sourceEnd, long atNanos) {}

    private final Generations generations;
    private final Requests requests;
    private final Verification verification;
    private final Switch views;
    private final Retirement retirement;
    private final Poison poison;
    private final Nightly nightly;
    private final Samples samples;
    private final RebuildSettings settings;
    private final Leadership leadership;
    private final Governor governor;
    private final Map<Generation, Integer> cuts = new ConcurrentHashMap<>();
    private final Map<Generation, Seen> seen = new HashMap<>();

    /// Generations that are being compared or switched, each on a thread of its own.
    private final Map<Generation, Thread> busy = new ConcurrentHashMap<>();

    private long slowAt = System.nanoTime();
    private @Nullable String failure;
    private @Nullable Thread thread;
    private Runnable answered = () -> {};
    private volatile boolean active;

    Rebuilds(
            Generations generations,
            Requests requests,
            Verification verification,
            Switch views,
            Retirement retirement,
            Poison poison,
            Nightly nightly,
            Samples samples,
            RebuildSettings settings,
            ProjectorSettings projectors) {
        this.generations = generations;
        this.requests = requests;
        this.verification = verification;
        this.views = views;
        this.retirement = retirement;
        this.poison = poison;
        this.nightly = nightly;
        this.samples = samples;
        this.settings = settings;
        leadership = new Leadership(projectors.postgres());
        governor = new Governor(settings.liveAge(), settings.commitTime());
    }

    /// After the tables of `ops` are there.
    ///
    /// @param answered told when generations were asked for or given up
    public void start(Runnable answered) {
        this.answered = answered;
        active = true;
        thread = Thread.ofVirtual().name("rebuilds").start(this::run);
    }

    public void stop() {
        active = false;
        try {
            var running = thread;
            if (running != null) {
                running.interrupt();
                running.join(STOP_LIMIT);
            }
            samples.stop();
            for (var one : busy.values()) {
                one.interrupt();
                one.join(STOP_LIMIT);
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
        leadership.close();
    }

    private void run() {
        try {
            while (active) {
                lead();
                TimeUnit.MILLISECONDS.sleep(LOOK_MILLIS);
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    private void lead() throws InterruptedException {
        try {
            if (leadership.isOurs()) {
                if (requests.answerAll()) {
                    answered.run();
                }
                boolean slow = System.nanoTime() - slowAt > SLOW_NANOS;
                if (slow) {
                    slowAt = System.nanoTime();
                    nightly.look(generations.now());
                    samples.look();
                }
                for (var row : generations.all()) {
                    advance(row, slow);
                }
            }
            failure = null;
        } catch (SQLException | DataAccessException | ExecutionException | KafkaException away) {
            String reason = String.valueOf(away.getMessage());
            if (active && !reason.equals(failure)) {
                log.atWarn().addKeyValue("reason", reason).log("rebuilds wait");
            }
            failure = reason;
        }
    }

    private void advance(Generations.Row row, boolean slow)
            throws ExecutionException, InterruptedException {
        var generation = row.generation();
        if (row.state().isBuilding()) {
            if (row.health().equals("STOPPED") && row.alive()) {
                fail(row, row.reason() == null ? "it stopped" : row.reason());
                return;
            }
            if (slow) {
                var live = generations.live(generation.projection());
                var bad = live.isEmpty() ? null : poison.in(generation, live.get()).orElse(null);
                if (bad != null) {
                    fail(row, bad);
                    return;
                }
                govern(row);
            }
        }
        switch (row.state()) {
            case PLANNED -> {
                if (row.alive() && row.sourceEnd() > 0 || row.isCaughtUp(settings.caughtUpAge())) {
                    generations.backfillBegins(generation);
                    move(row, State.BACKFILL);
                }
            }
            case BACKFILL -> {
                Long end = row.backfillEnd();
                if (!row.bulk() && (end == null || row.done() >= end)) {
                    move(row, State.CATCHING_UP);
                }
            }
            case CATCHING_UP -> catchUp(row);
            case VERIFYING -> alone(row, () -> verify(row));
            case READY -> alone(row, () -> goLive(row));
            case RETIRING -> {
                Instant due = row.retireAt();
                if (slow && (!row.runs() || due != null && due.isBefore(generations.now()))) {
                    retirement.step(row);
                }
            }
            case LIVE, FAILED, GONE -> {}
        }
    }

    private void catchUp(Generations.Row row) {
        boolean caughtUp = row.isCaughtUp(settings.caughtUpAge());
        Instant since = row.steadySince();
        if (!caughtUp) {
            if (since != null) {
                generations.steady(row.generation(), false);
            }
            return;
        }
        if (since == null) {
            generations.steady(row.generation(), true);
        } else if (!since.plus(settings.steady()).isAfter(generations.now())) {
            move(row, State.VERIFYING);
        }
    }

    private void verify(Generations.Row row)
            throws InterruptedException, ExecutionException, SQLException {
        var generation = row.generation();
        var live = generations.live(generation.projection());
        if (live.isEmpty()) {
            fail(row, "there is no live generation to compare with");
            return;
        }
        Report report;
        try {
            var compared = verification.of(live.get(), row);
            if (compared.isEmpty()) {
                log.atDebug().addKeyValue("projection", generation).log("somebody is forgotten");
                return;
            }
            report = compared.get();
        } catch (CutTakenException taken) {
            log.atDebug().addKeyValue("projection", generation).log("waits for its cut");
            return;
        } catch (CutException missed) {
            int times = cuts.merge(generation, 1, Integer::sum);
            log.atWarn()
                    .addKeyValue("projection", generation)
                    .addKeyValue("reason", missed.getMessage())
                    .addKeyValue("times", times)
                    .log("no cut yet");
            if (times >= CUTS) {
                fail(row, missed.getMessage() + ", " + times + " times");
            }
            return;
        }
        log.atInfo()
                .addKeyValue("projection", generation)
                .addKeyValue("against", live.get().generation())
                .addKeyValue("rows", report.rows())
                .addKeyValue("equal", report.equal())
                .log("generations compared");
        String refused = report.refusedBecause();
        if (refused != null) {
            fail(row, refused);
        } else if (row.verifyOnly()) {
            String result = "equal to " + live.get().generation() + ", " + report.rows() + " rows";
            if (generations.move(
                    generation, State.VERIFYING, State.RETIRING, result, Generations.PROJECTORS)) {
                generations.retire(generation, Duration.ZERO);
            }
        } else {
            move(row, State.READY);
        }
    }

    private void goLive(Generations.Row row) throws InterruptedException {
        boolean done =
                views.to(
                        row.generation(),
                        State.READY,
                        settings.keep(),
                        SWITCH_LIMIT,
                        "compared equal",
                        Generations.PROJECTORS);
        if (!done) {
            log.atWarn()
                    .addKeyValue("projection", row.generation())
                    .log("readers hold on to the views; the switch waits");
        }
    }

    /// Changes the limit of a generation on its way, once a second.
    private void govern(Generations.Row row) {
        long now = System.nanoTime();
        var before = seen.put(row.generation(), new Seen(row.done(), row.sourceEnd(), now));
        if (before == null || row.state() == State.VERIFYING || row.state() == State.READY) {
            return;
        }
        double seconds = Math.max(1, now - before.atNanos()) / 1e9;
        long perSecond = Math.round((row.done() - before.done()) / seconds);
        long arriving = Math.round((row.sourceEnd() - before.sourceEnd()) / seconds);
        long age =
                generations
                        .live(row.generation().projection())
                        .map(Generations.Row::lagAgeMillis)
                        .orElse(0L);
        long began = System.nanoTime();
        generations.limit(row.generation(), row.rateLimit());
        long took = (System.nanoTime() - began) / 1_000_000;
        Integer next =
                governor.next(row.rateLimit(), row.maxRate(), perSecond, arriving, age, took);
        if (!Objects.equals(next, row.rateLimit())) {
            generations.limit(row.generation(), next);
        }
    }

    private void move(Generations.Row row, State to) {
        generations.move(row.generation(), row.state(), to, null, Generations.PROJECTORS);
    }

    private void fail(Generations.Row row, String reason) {
        if (generations.move(
                row.generation(), row.state(), State.FAILED, reason, Generations.PROJECTORS)) {
            log.atError()
                    .addKeyValue("projection", row.generation())
                    .addKeyValue("reason", reason)
                    .log("generation failed");
        }
    }

    @FunctionalInterface
    private interface Work {
        void run() throws InterruptedException, ExecutionException, SQLException;
    }

    /// Long work of one generation, beside the others; at most one at a time.
    private void alone(Generations.Row row, Work work) {
        busy.computeIfAbsent(
                row.generation(),
                generation ->
                        Thread.ofVirtual()
                                .name("rebuild-" + generation)
                                .start(() -> carryOut(row, work)));
    }

    private void carryOut(Generations.Row row, Work work) {
        var generation = row.generation();
        try {
            // The work before this one may have ended after the row was read.
            if (generations.isIn(generation, row.state())) {
                work.run();
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        } catch (SQLException
                | DataAccessException
                | ExecutionException
                | KafkaException
                | VaultUnavailableException away) {
            log.atWarn()
                    .addKeyValue("projection", generation)
                    .addKeyValue("reason", away.getMessage())
                    .log("rebuild step is tried again");
        } catch (RuntimeException bug) {
            log.atError().setCause(bug).addKeyValue("projection", generation).log("rebuild step");
        } finally {
            busy.remove(generation);
        }
    }
}
