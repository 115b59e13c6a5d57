package io.headwater.launcher;

import io.headwater.backends.Backend;
import io.headwater.backends.Backends;
import io.headwater.backends.Installation;
import io.headwater.backends.Ports;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/// Everything that runs, and what waits for what:
///
///     s3 ───────────────────────┬────────────► stream-jobs
///     kafka ─► topics, schemas ─┼────────────► command-api (the key vault is in postgres)
///     postgres ─────────────────┴─► projectors ─► query-api        registry: first time before the schemas, later last
final class Platform {
    private final Options options;
    private final DataFolder data;
    private final Progress progress;
    private final Backends backends;
    private final Apps apps;
    private final Provisioning provisioning;
    private final Supervisor supervisor;
    private final RunFile runFile;
    private final Map<String, Pids.Entry> running = new LinkedHashMap<>();

    /// Named in the pid file only, so that the next `up` finds them if this one is killed.
    private final Map<String, Pids.Entry> starting = new LinkedHashMap<>();

    private final AtomicBoolean registryStarted = new AtomicBoolean();
    private boolean ready;

    Platform(Options options, DataFolder data, Secrets secrets, Progress progress) {
        this.options = options;
        this.data = data;
        this.progress = progress;
        var installation = new Installation(options.root());
        this.backends = new Backends(data.backends(installation, secrets, options.portOffset()));
        var appSettings = new AppSettings(data, secrets, backends, options);
        this.apps = new Apps(installation, options, data, appSettings, progress);
        this.provisioning = new Provisioning(installation, data, backends);
        this.supervisor = new Supervisor(progress);
        this.runFile = new RunFile(data, secrets, backends, options.portOffset());
        note("launcher", ProcessHandle.current().pid(), 0);
    }

    /// Returns when all of it serves; throws with the reason of the first that does not.
    void start() {
        Executor threads = task -> Thread.ofPlatform().daemon().start(task);
        var kafka = CompletableFuture.runAsync(() -> start(Backend.KAFKA), threads);
        var postgres = CompletableFuture.runAsync(() -> start(Backend.POSTGRES), threads);
        var s3 = CompletableFuture.runAsync(() -> start(Backend.S3), threads);
        var registry =
                provisioning.hasCache()
                        ? CompletableFuture.<Void>completedFuture(null)
                        : CompletableFuture.runAsync(this::startRegistry, threads);
        var topics =
                CompletableFuture.allOf(kafka, registry).thenRunAsync(this::provision, threads);
        var commandApi =
                CompletableFuture.allOf(topics, postgres)
                        .thenRunAsync(() -> start(App.COMMAND_API), threads);
        var projectors =
                CompletableFuture.allOf(topics, postgres)
                        .thenRunAsync(() -> start(App.PROJECTORS), threads);
        var streamJobs =
                CompletableFuture.allOf(topics, postgres, s3, commandApi)
                        .thenRunAsync(() -> start(App.STREAM_JOBS), threads);
        var queryApi = projectors.thenRunAsync(() -> start(App.QUERY_API), threads);
        var last =
                CompletableFuture.allOf(commandApi, streamJobs, queryApi)
                        .thenRunAsync(this::startRegistry, threads);
        await(List.of(kafka, postgres, s3, registry, topics, commandApi, queryApi, last));
    }

    /// Writes `headwater.json`: from now on scripts may use the platform.
    synchronized void publish() {
        ready = true;
        writeState();
    }

    /// Completes with the reason when a component cannot be kept running.
    CompletableFuture<String> givenUp() {
        return supervisor.givenUp();
    }

    /// A member of `headwater.json` that the launcher itself does not know.
    void describe(String name, Object value) {
        runFile.put(name, value);
    }

    /// Applications first, so that their last words still reach Kafka and Postgres.
    void stop() {
        supervisor.stopWatching();
        apps.close(progress);
        backends.close();
        progress.step("back ends", "stopped");
        DataFolder.delete(data.runFile());
        DataFolder.delete(data.pids());
    }

    boolean isStopping() {
        return supervisor.isStopping();
    }

    private void start(Backend which) {
        serve(which);
        progress.step(which.label(), "ready on port " + port(which));
        supervisor.watch(which.label(), backends.onExit(which), () -> restart(which));
    }

    private CompletableFuture<Integer> restart(Backend which) {
        serve(which);
        return backends.onExit(which);
    }

    private void serve(Backend which) {
        noteStarting(which.label(), backends.launch(which), port(which));
        backends.awaitReady(which);
        note(which.label(), backends.pid(which), port(which));
    }

    /// Once, by whoever needs it first.
    private void startRegistry() {
        if (registryStarted.compareAndSet(false, true)) {
            start(Backend.REGISTRY);
        }
    }

    private void provision() {
        provisioning.run(this::startRegistry);
        progress.step("topics", "and schemas are there");
    }

    private void start(App app) {
        if (options.without().contains(app)) {
            progress.step(app.label(), "left out");
            return;
        }
        RunningApp started = serve(app);
        progress.step(app.label(), "ready on " + app.url(options.portOffset()));
        supervisor.watch(app.label(), started.onExit(), () -> restart(app));
    }

    private CompletableFuture<Integer> restart(App app) {
        return serve(app).onExit();
    }

    private RunningApp serve(App app) {
        int port = app.port(options.portOffset());
        RunningApp started = apps.start(app, pid -> noteStarting(app.label(), pid, port));
        note(app.label(), started.pid(), port);
        return started;
    }

    private synchronized void noteStarting(String name, long pid, int port) {
        starting.put(name, Pids.Entry.of(name, pid, port));
        writeState();
    }

    private synchronized void note(String name, long pid, int port) {
        starting.remove(name);
        running.put(name, Pids.Entry.of(name, pid, port));
        writeState();
    }

    private void writeState() {
        var all = new LinkedHashMap<>(running);
        all.putAll(starting);
        new Pids(List.copyOf(all.values())).write(data.pids());
        if (ready) {
            runFile.write(List.copyOf(running.values()));
        }
    }

    private int port(Backend which) {
        Ports ports = backends.settings().ports();
        return switch (which) {
            case KAFKA -> ports.kafka();
            case POSTGRES -> ports.postgres();
            case S3 -> ports.s3();
            case REGISTRY -> ports.registry();
        };
    }

    /// Waits for all, but not after the first failure.
    private static void await(List<CompletableFuture<Void>> tasks) {
        var failure = new CompletableFuture<@Nullable Object>();
        tasks.forEach(task -> task.whenComplete((_, e) -> fail(failure, e)));
        var all = CompletableFuture.allOf(tasks.toArray(CompletableFuture[]::new));
        try {
            CompletableFuture.anyOf(all, failure).join();
        } catch (CompletionException e) {
            switch (e.getCause()) {
                case RuntimeException known -> throw known;
                case Error known -> throw known;
                case null, default -> throw e;
            }
        }
    }

    private static void fail(CompletableFuture<?> failure, @Nullable Throwable reason) {
        if (reason != null) {
            failure.completeExceptionally(
                    reason instanceof CompletionException && reason.getCause() != null
                            ? reason.getCause()
                            : reason);
        }
    }
}
