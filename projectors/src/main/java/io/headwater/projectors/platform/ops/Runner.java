package io.headwater.projectors.platform.ops;

import io.headwater.projectors.platform.Generation;
import io.headwater.projectors.platform.Projection;
import io.headwater.projectors.platform.ProjectorSettings;
import io.headwater.projectors.platform.sink.ViewSink;
import io.headwater.projectors.platform.streams.FoldApp;
import io.headwater.projectors.platform.streams.FoldSettings;
import io.headwater.projectors.platform.streams.GenerationTopics;
import io.headwater.projectors.platform.streams.LostOffsets;
import io.headwater.schema.SchemaIds;
import io.headwater.streams.StoreMemory;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/// Starts and stops all projections. Whatever is away at start is waited for and named in the log
/// and in `/health`; nothing here ends the application.
@Component
class Runner implements SmartLifecycle {

    /// The only generation there is until projections can be rebuilt.
    static final int GENERATION = 1;

    private static final Logger log = LoggerFactory.getLogger(Runner.class);
    private static final long RETRY_MILLIS = 1_000;
    private static final Duration STOP_LIMIT = Duration.ofSeconds(10);

    private final List<RunningProjection> running;
    private final ProjectorSettings settings;
    private final SchemaIds ids;
    private final StoreMemory memory;
    private final Admin admin;
    private final Migrations migrations;
    private final StatusBoard board;
    private final Expiry expiry;
    private final LostOffsets lostOffsets;
    private volatile @Nullable String waitsFor = "start";
    private @Nullable Thread starter;
    private volatile boolean active;

    Runner(
            List<Projection> projections,
            ProjectorSettings settings,
            SchemaIds ids,
            StoreMemory memory,
            Admin admin,
            Migrations migrations,
            StatusBoard board,
            Expiry expiry) {
        running =
                chosen(projections, settings.projections()).stream()
                        .map(p -> new RunningProjection(p, new Generation(p.name(), GENERATION)))
                        .toList();
        this.settings = settings;
        this.ids = ids;
        this.memory = memory;
        this.admin = admin;
        this.migrations = migrations;
        this.board = board;
        this.expiry = expiry;
        lostOffsets = new LostOffsets(admin, settings.kafka().bootstrapServers());
    }

    List<RunningProjection> running() {
        return running;
    }

    /// What the start waits for; null once everything was started.
    @Nullable String waitsFor() {
        return waitsFor;
    }

    @Override
    public void start() {
        active = true;
        starter = Thread.ofVirtual().name("projections-start").start(this::startAll);
    }

    @Override
    public void stop() {
        active = false;
        var starting = starter;
        try {
            if (starting != null) {
                starting.interrupt();
                if (!starting.join(STOP_LIMIT)) {
                    log.atWarn().log("the start did not end in time");
                }
            }
            expiry.stop();
            board.stop();
            var stopping =
                    running.stream().map(one -> Thread.ofVirtual().start(one::stop)).toList();
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

    private void startAll() {
        try {
            for (var one : running) {
                await("fold " + one.generation(), () -> startFold(one));
            }
            await("Postgres", migrations::platform);
            for (var one : running) {
                await("Postgres", () -> startSink(one));
            }
            if (!active) {
                return;
            }
            board.start(running);
            expiry.start(running);
            waitsFor = null;
            log.atInfo().addKeyValue("projections", running.size()).log("projections started");
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    private static List<Projection> chosen(List<Projection> all, Set<String> names) {
        var chosen = all.stream().filter(p -> names.isEmpty() || names.contains(p.name())).toList();
        if (!names.isEmpty() && chosen.size() != names.size()) {
            throw new IllegalArgumentException(
                    "headwater.projections names an unknown one: " + names);
        }
        return chosen;
    }

    private void startFold(RunningProjection one) throws InterruptedException, ExecutionException {
        var replication = settings.streams().replicationFactor();
        GenerationTopics.provide(admin, one.projection(), one.generation(), replication);
        if (lostOffsets.of(one.projection(), one.generation())) {
            refuse(one);
            return;
        }
        var config = FoldSettings.of(settings, one.generation(), memory);
        one.start(FoldApp.of(one.projection(), one.generation(), ids, config));
    }

    /// For good: the state is right as it is, and reading everything on top of it makes it wrong.
    private static void refuse(RunningProjection one) {
        String application = one.generation().applicationId();
        String reason =
                "committed offsets are gone and the state is not, so every event would count twice;"
                        + " stop all instances, delete the state folder and the topics "
                        + application
                        + "-*-changelog, start again: all events are read into an empty state";
        one.refuse(reason);
        log.atError()
                .addKeyValue("projection", one.generation())
                .addKeyValue("reason", reason)
                .log("fold refused");
    }

    private void startSink(RunningProjection one) {
        migrations.generation(one.projection(), one.generation());
        one.start(new ViewSink(one.projection(), one.generation(), settings, ids));
    }

    private void await(String what, Attempt attempt) throws InterruptedException {
        while (active) {
            try {
                attempt.run();
                return;
            } catch (ExecutionException | RuntimeException unable) {
                // Away, or in the way: a folder that is locked or full. Whoever looks at it can
                // mend it, and nothing else would try again.
                String reason = what + ": " + firstLine(unable);
                if (!reason.equals(waitsFor)) {
                    log.atWarn().addKeyValue("reason", reason).log("start waits and tries again");
                }
                waitsFor = reason;
                TimeUnit.MILLISECONDS.sleep(RETRY_MILLIS);
            }
        }
    }

    private static String firstLine(Exception unable) {
        return String.valueOf(unable.getMessage())
                .strip()
                .lines()
                .findFirst()
                .orElseGet(() -> unable.getClass().getSimpleName());
    }

    @FunctionalInterface
    private interface Attempt {
        void run() throws InterruptedException, ExecutionException;
    }
}
