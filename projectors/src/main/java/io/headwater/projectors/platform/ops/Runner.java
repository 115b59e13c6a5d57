package io.headwater.projectors.platform.ops;

import io.headwater.projectors.platform.Generation;
import io.headwater.projectors.platform.Projection;
import io.headwater.projectors.platform.ProjectorSettings;
import io.headwater.projectors.platform.sink.ViewSink;
import io.headwater.projectors.platform.streams.FoldApp;
import io.headwater.projectors.platform.streams.FoldSettings;
import io.headwater.projectors.platform.streams.GenerationTopics;
import io.headwater.projectors.platform.streams.StoreMemory;
import io.headwater.schema.SchemaIds;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.flywaydb.core.api.FlywayException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.dao.DataAccessException;
import org.springframework.stereotype.Component;

/// Starts and stops all projections. Whatever is away at start is waited for and named in the log
/// and in `/health`; nothing here ends the application.
@Component
class Runner implements SmartLifecycle {

    /// The only generation there is until projections can be rebuilt.
    static final int GENERATION = 1;

    private static final Logger log = LoggerFactory.getLogger(Runner.class);
    private static final long RETRY_MILLIS = 1_000;

    private final List<RunningProjection> running;
    private final ProjectorSettings settings;
    private final SchemaIds ids;
    private final StoreMemory memory;
    private final Admin admin;
    private final Migrations migrations;
    private final StatusBoard board;
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
            StatusBoard board) {
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
        if (starting != null) {
            starting.interrupt();
        }
        board.stop();
        var stopping = running.stream().map(one -> Thread.ofVirtual().start(one::stop)).toList();
        try {
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
                await("Kafka and its topics", () -> startFold(one));
            }
            await("Postgres", migrations::platform);
            for (var one : running) {
                await("Postgres", () -> startSink(one));
            }
            board.start(running);
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
        var config = FoldSettings.of(settings, one.generation(), memory);
        one.start(new FoldApp(one.projection(), one.generation(), ids, config));
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
            } catch (ExecutionException | FlywayException | DataAccessException away) {
                String reason = what + ": " + firstLine(away);
                if (!reason.equals(waitsFor)) {
                    log.atWarn().addKeyValue("reason", reason).log("start waits and tries again");
                }
                waitsFor = reason;
                TimeUnit.MILLISECONDS.sleep(RETRY_MILLIS);
            }
        }
    }

    private static String firstLine(Exception away) {
        return String.valueOf(away.getMessage()).strip().lines().findFirst().orElse("");
    }

    @FunctionalInterface
    private interface Attempt {
        void run() throws InterruptedException, ExecutionException;
    }
}
