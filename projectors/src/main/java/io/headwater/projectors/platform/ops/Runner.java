package io.headwater.projectors.platform.ops;

import io.headwater.projectors.platform.Folds;
import io.headwater.projectors.platform.Generation;
import io.headwater.projectors.platform.Projection;
import io.headwater.projectors.platform.ProjectorSettings;
import io.headwater.projectors.platform.rebuild.Rebuilds;
import io.headwater.projectors.platform.streams.SourceGate;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.dao.DataAccessException;
import org.springframework.stereotype.Component;

/// Runs the generations that `ops.projection` says are to run, those of this instance's
/// projections: starts what is missing, stops what is to go. Whatever is away at start is waited
/// for and named in the log and in `/health`; nothing here ends the application.
@Component
class Runner implements SmartLifecycle {

    private static final Logger log = LoggerFactory.getLogger(Runner.class);
    private static final long LOOK_MILLIS = 250;
    private static final long RETRY_MILLIS = 1_000;
    private static final Duration STOP_LIMIT = Duration.ofSeconds(10);

    private final Map<Generation, RunningProjection> running = new ConcurrentHashMap<>();
    private final Set<Generation> unknown = ConcurrentHashMap.newKeySet();
    private final Set<String> projections;
    private final Folds folds;
    private final Migrations migrations;
    private final WantedGenerations wanted;
    private final HeldFolds held;
    private final Halves halves;
    private final Rebuilds rebuilds;
    private final StatusBoard board;
    private final Expiry expiry;

    /// What this instance did itself needs no waiting until it is looked for.
    private final Semaphore changes = new Semaphore(0);

    private volatile @Nullable String waitsFor = "start";
    private @Nullable Thread thread;
    private volatile boolean active;

    Runner(
            Folds folds,
            ProjectorSettings settings,
            Migrations migrations,
            WantedGenerations wanted,
            HeldFolds held,
            Halves halves,
            Rebuilds rebuilds,
            StatusBoard board,
            Expiry expiry) {
        this.folds = folds;
        projections = chosen(folds.projections(), settings.projections());
        this.migrations = migrations;
        this.wanted = wanted;
        this.held = held;
        this.halves = halves;
        this.rebuilds = rebuilds;
        this.board = board;
        this.expiry = expiry;
    }

    /// By name and number.
    List<RunningProjection> running() {
        return running.values().stream()
                .sorted((a, b) -> {
                    int byName = a.generation().projection().compareTo(b.generation().projection());
                    return byName != 0
                            ? byName
                            : Integer.compare(a.generation().number(), b.generation().number());
                })
                .toList();
    }

    /// What the start waits for; null once everything was started.
    @Nullable String waitsFor() {
        return waitsFor;
    }

    @Override
    public void start() {
        active = true;
        thread = Thread.ofVirtual().name("projections").start(this::run);
    }

    @Override
    public void stop() {
        active = false;
        var looking = thread;
        try {
            if (looking != null) {
                looking.interrupt();
                if (!looking.join(STOP_LIMIT)) {
                    log.atWarn().log("the start did not end in time");
                }
            }
            rebuilds.stop();
            expiry.stop();
            board.stop();
            var stopping =
                    running().stream().map(one -> Thread.ofVirtual().start(one::stop)).toList();
            for (Thread one : stopping) {
                one.join();
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public boolean isRunning() {
        return active;
    }

    private void run() {
        try {
            await("Postgres", this::prepare);
            await("folds", this::refuseWithoutFolds);
            while (active && !areStarted()) {
                TimeUnit.MILLISECONDS.sleep(RETRY_MILLIS);
            }
            if (!active) {
                return;
            }
            rebuilds.start(changes::release);
            board.start(this::running);
            expiry.start(this::running);
            waitsFor = null;
            log.atInfo().addKeyValue("generations", running.size()).log("projections started");
            follow();
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    private void prepare() {
        migrations.platform();
        for (String name : projections) {
            migrations.first(folds.newest(name).orElseThrow());
        }
    }

    /// Rows that no code here makes would stand still, or be made by another fold.
    private void refuseWithoutFolds() {
        for (var one : wanted.of(projections)) {
            if (fold(one).isEmpty()) {
                throw new IllegalStateException(
                        "%s was made by fold version %d, of which the code is gone (here: %s); start a version that has it, rebuild with it beside the new one, and retire %s"
                                .formatted(
                                        one.generation(),
                                        one.foldVersion(),
                                        folds.versions(one.generation().projection()),
                                        one.generation()));
            }
        }
    }

    private boolean areStarted() throws InterruptedException {
        try {
            return startAll();
        } catch (DataAccessException away) {
            waitsFor = "Postgres: " + firstLine(away);
            return false;
        }
    }

    private void follow() throws InterruptedException {
        String failure = null;
        while (active) {
            try {
                startAll();
                failure = null;
            } catch (DataAccessException away) {
                String reason = firstLine(away);
                if (!reason.equals(failure)) {
                    log.atWarn()
                            .addKeyValue("reason", reason)
                            .log("generations cannot be looked up");
                }
                failure = reason;
                // A cut that nobody can end must not hold anything.
                running.values().forEach(one -> one.gate().open());
            }
            changes.tryAcquire(LOOK_MILLIS, TimeUnit.MILLISECONDS);
            changes.drainPermits();
        }
    }

    /// @return whether everything that is to run was started
    private boolean startAll() throws InterruptedException {
        var now = wanted.of(projections);
        stopUnwanted(
                now.stream().map(WantedGenerations.Wanted::generation).collect(Collectors.toSet()));
        for (var one : now) {
            adopt(one);
        }
        held.apply(running);
        boolean all = true;
        for (var one : running()) {
            all &= tryToStart(one);
        }
        return all;
    }

    private void adopt(WantedGenerations.Wanted one) {
        var known = running.get(one.generation());
        if (known == null) {
            var fold = fold(one);
            if (fold.isEmpty()) {
                if (unknown.add(one.generation())) {
                    log.atWarn()
                            .addKeyValue("projection", one.generation())
                            .addKeyValue("foldVersion", one.foldVersion())
                            .log("a newer instance runs a fold that this one does not have");
                }
                return;
            }
            known = new RunningProjection(fold.get(), one.generation(), one.state());
            running.put(one.generation(), known);
        }
        known.state(one.state());
        halves.follow(known, one, changes::release);
        Integer limit = one.rateLimit();
        known.gate().limit(limit == null ? SourceGate.UNLIMITED : limit);
    }

    private Optional<Projection> fold(WantedGenerations.Wanted one) {
        return folds.of(one.generation().projection(), one.foldVersion());
    }

    private void stopUnwanted(Set<Generation> wanted) {
        for (var generation : List.copyOf(running.keySet())) {
            if (wanted.contains(generation)) {
                continue;
            }
            var gone = running.remove(generation);
            if (gone != null) {
                gone.stop();
                halves.deleteState(generation);
                log.atInfo().addKeyValue("projection", generation).log("generation stopped");
            }
        }
    }

    /// @return whether both halves run, or are refused for good
    private boolean tryToStart(RunningProjection one) throws InterruptedException {
        if (one.hasBackfill()) {
            return true;
        }
        one.stopWhenFlooded();
        if (!one.hasFold() && !attempt("fold " + one.generation(), () -> halves.startFold(one))) {
            return false;
        }
        return one.hasSink() || attempt("Postgres", () -> halves.startSink(one));
    }

    private void await(String what, Attempt attempt) throws InterruptedException {
        while (active && !attempt(what, attempt)) {
            TimeUnit.MILLISECONDS.sleep(RETRY_MILLIS);
        }
    }

    private boolean attempt(String what, Attempt attempt) throws InterruptedException {
        try {
            attempt.run();
            return true;
        } catch (ExecutionException | RuntimeException unable) {
            // Away, or in the way: a folder that is locked or full. Whoever looks at it can mend
            // it, and nothing else would try again.
            String reason = what + ": " + firstLine(unable);
            if (!reason.equals(waitsFor)) {
                log.atWarn().addKeyValue("reason", reason).log("start waits and tries again");
            }
            waitsFor = reason;
            return false;
        }
    }

    private static String firstLine(Exception unable) {
        return String.valueOf(unable.getMessage())
                .strip()
                .lines()
                .findFirst()
                .orElseGet(() -> unable.getClass().getSimpleName());
    }

    private static Set<String> chosen(Set<String> all, Set<String> names) {
        if (!all.containsAll(names)) {
            throw new IllegalArgumentException(
                    "headwater.projections names an unknown one: " + names);
        }
        return names.isEmpty() ? all : Set.copyOf(names);
    }

    @FunctionalInterface
    private interface Attempt {
        void run() throws InterruptedException, ExecutionException;
    }
}
