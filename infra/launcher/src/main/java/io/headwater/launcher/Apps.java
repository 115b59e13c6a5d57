package io.headwater.launcher;

import io.headwater.backends.BackendException;
import io.headwater.backends.Http;
import io.headwater.backends.Installation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;

/// The applications that run; each counts as started when its `/health` answers 200.
final class Apps {
    private static final Duration HEALTH_LIMIT = Duration.ofMinutes(2);
    private static final Duration HEALTH_POLL = Duration.ofMillis(100);
    private static final Duration STOP_LIMIT = Duration.ofSeconds(30);
    private static final int LOG_LINES = 25;

    private final Installation installation;
    private final Options options;
    private final DataFolder data;
    private final AppSettings settings;
    private final Map<App, RunningApp> running = new EnumMap<>(App.class);

    Apps(Installation installation, Options options, DataFolder data, AppSettings settings) {
        this.installation = installation;
        this.options = options;
        this.data = data;
        this.settings = settings;
    }

    RunningApp start(App app) {
        Map<String, String> own = settings.of(app);
        RunningApp started;
        try {
            started =
                    options.isolated()
                            ? RunningApp.isolated(installation, data, app, own)
                            : RunningApp.here(installation, app, own);
        } catch (BackendException e) {
            throw new BackendException(
                    "%s did not start: %s%n%s".formatted(app.label(), e.getMessage(), logEnd(app)),
                    e);
        }
        synchronized (running) {
            running.put(app, started);
        }
        awaitHealth(app);
        return started;
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
        threads.forEach((app, thread) -> await(app, thread, progress));
    }

    private static void stop(App app, RunningApp running, Progress progress) {
        try {
            running.close();
            progress.step(app.label(), "stopped");
        } catch (BackendException e) {
            progress.step(app.label(), String.valueOf(e.getMessage()));
        }
    }

    private static void await(App app, Thread thread, Progress progress) {
        try {
            if (!thread.join(STOP_LIMIT)) {
                progress.step(app.label(), "still stopping: left behind");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void awaitHealth(App app) {
        long deadline = System.nanoTime() + HEALTH_LIMIT.toNanos();
        String url = app.url(options.portOffset()) + "/health";
        while (!Http.isOk(url)) {
            if (System.nanoTime() > deadline) {
                throw new BackendException(
                        "%s does not answer 200 after %d s%n%s"
                                .formatted(url, HEALTH_LIMIT.toSeconds(), logEnd(app)));
            }
            LockSupport.parkNanos(HEALTH_POLL.toNanos());
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
