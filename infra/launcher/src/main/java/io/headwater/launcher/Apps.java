package io.headwater.launcher;

import io.headwater.backends.BackendException;
import io.headwater.backends.Installation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongConsumer;

/// The applications that run; each counts as started when its `/health` answers 200.
final class Apps {
    /// For all of them together; a child is killed after 40 s.
    private static final Duration STOP_LIMIT = Duration.ofSeconds(45);

    private static final int LOG_LINES = 25;

    private final Installation installation;
    private final Options options;
    private final DataFolder data;
    private final AppSettings settings;
    private final HealthWait health;
    private final Map<App, RunningApp> running = new EnumMap<>(App.class);

    Apps(
            Installation installation,
            Options options,
            DataFolder data,
            AppSettings settings,
            Progress progress) {
        this.installation = installation;
        this.options = options;
        this.data = data;
        this.settings = settings;
        this.health = new HealthWait(options.startLimit(), progress);
    }

    /// Returns when it is well; one that does not become so is stopped again.
    ///
    /// @param launched told the process id as soon as there is one
    RunningApp start(App app, LongConsumer launched) {
        try {
            RunningApp started = launch(app);
            synchronized (running) {
                running.put(app, started);
            }
            launched.accept(started.pid());
            try {
                started.awaitStarted();
                String url = app.url(options.portOffset()) + "/health";
                health.await(app.label(), url, () -> !started.onExit().isDone());
            } catch (BackendException e) {
                stopAgain(app, started, e);
                throw e;
            }
            return started;
        } catch (BackendException e) {
            throw new BackendException(
                    "%s did not start: %s%n%s".formatted(app.label(), e.getMessage(), logEnd(app)),
                    e);
        }
    }

    private void stopAgain(App app, RunningApp started, BackendException reason) {
        synchronized (running) {
            running.remove(app, started);
        }
        try {
            started.close();
        } catch (BackendException e) {
            reason.addSuppressed(e);
        }
    }

    private RunningApp launch(App app) {
        Map<String, String> own = settings.of(app);
        return options.isolated()
                ? RunningApp.isolated(installation, data, app, own)
                : RunningApp.here(installation, app, own);
    }

    /// Stops all of them at once; goes on when one takes too long.
    void close(Progress progress) {
        Map<App, RunningApp> stopping;
        synchronized (running) {
            stopping = new EnumMap<>(running);
            running.clear();
        }
        Map<App, Thread> threads = new EnumMap<>(App.class);
        stopping.forEach((app, one) ->
                threads.put(
                        app,
                        Thread.ofPlatform()
                                .daemon()
                                .name("stop-" + app.label())
                                .start(() -> stop(app, one, progress))));
        long deadline = System.nanoTime() + STOP_LIMIT.toNanos();
        threads.forEach((app, thread) ->
                await(app, thread, Duration.ofNanos(deadline - System.nanoTime()), progress));
    }

    private static void stop(App app, RunningApp running, Progress progress) {
        try {
            running.close();
            progress.step(app.label(), "stopped");
        } catch (BackendException e) {
            progress.step(app.label(), String.valueOf(e.getMessage()));
        }
    }

    private static void await(App app, Thread thread, Duration limit, Progress progress) {
        try {
            if (!thread.join(limit)) {
                progress.step(app.label(), "still stopping: left behind");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private String logEnd(App app) {
        Path log = data.logs().resolve(app.label() + ".log");
        try {
            List<String> lines = Files.readAllLines(log);
            return "the end of "
                    + log
                    + ":\n  "
                    + String.join(
                            "\n  ",
                            lines.subList(Math.max(0, lines.size() - LOG_LINES), lines.size()));
        } catch (IOException e) {
            return "no log at " + log;
        }
    }
}
