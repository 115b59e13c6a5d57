package io.headwater.backends;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// A JVM started by us that says on a line of its standard output that it is ready and ends with
/// its standard input.
///
/// While we live we hold the other end of that input; when we die, however it happens, the
/// operating system closes it.
public final class ChildProcess implements AutoCloseable {
    /// The line a child prints when it serves.
    public static final String READY_LINE = "HEADWATER CHILD READY";

    private static final Duration LAST_LINES_LIMIT = Duration.ofSeconds(5);

    private final ChildSpec spec;
    private final Process process;
    private final RotatingLog log;
    private final Thread pump;
    private final CompletableFuture<Void> ready = new CompletableFuture<>();

    private ChildProcess(ChildSpec spec, Process process) {
        this.spec = spec;
        this.process = process;
        this.log = new RotatingLog(spec.log());
        // A platform thread: reading a pipe would hold on to one of the few carriers of virtual
        // threads.
        this.pump = Thread.ofPlatform().daemon().name("log-" + spec.name()).start(this::pump);
        process.onExit().thenRun(this::failIfNotReady);
    }

    /// Starts the child and returns at once.
    public static ChildProcess start(ChildSpec spec) {
        var command = new ArrayList<String>();
        command.add(Installation.java().toString());
        command.addAll(spec.jvmOptions());
        command.addAll(List.of("-cp", spec.classPath(), spec.mainClass()));
        command.addAll(spec.arguments());
        var builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().put("MALLOC_ARENA_MAX", "2");
        builder.environment().putAll(spec.environment());
        try {
            return new ChildProcess(spec, builder.start());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Returns when the child has said that it is ready; throws with the end of its log when it
    /// ended or was too slow.
    public void awaitReady() {
        try {
            ready.get(spec.startLimit().toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            throw new BackendException(
                    describe("ended with status " + process.exitValue() + " before it was ready"),
                    e);
        } catch (TimeoutException e) {
            kill();
            throw new BackendException(
                    describe("was not ready after " + spec.startLimit().toSeconds() + " s"), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new BackendException("interrupted while " + spec.name() + " was starting", e);
        }
    }

    public long pid() {
        return process.pid();
    }

    public boolean isAlive() {
        return process.isAlive();
    }

    /// Completes with the exit status.
    public CompletableFuture<Integer> onExit() {
        return process.onExit().thenApply(Process::exitValue);
    }

    /// `kill -9`, the child's own children too; returns when they are gone.
    public void kill() {
        var all = new ArrayList<>(process.descendants().toList());
        all.add(process.toHandle());
        Kill.all(all);
        try {
            // It has ended; from here on it also counts as such.
            process.waitFor();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /// Ends the child by closing its standard input; kills it when it takes longer than allowed.
    @Override
    public void close() {
        try {
            process.getOutputStream().close();
        } catch (IOException e) {
            log.line("standard input was closed already: " + e.getMessage());
        }
        try {
            if (!process.waitFor(spec.stopLimit().toMillis(), TimeUnit.MILLISECONDS)) {
                kill();
            }
        } catch (InterruptedException e) {
            kill();
            Thread.currentThread().interrupt();
        }
    }

    /// The child's name, what happened to it, and the end of its log.
    public String describe(String what) {
        return "%s %s; the end of %s:%n  %s"
                .formatted(
                        spec.name(),
                        what,
                        log.file(),
                        String.join(System.lineSeparator() + "  ", log.tail()));
    }

    private void pump() {
        try (log) {
            pumpAll();
        }
    }

    private void pumpAll() {
        try (var lines =
                new BufferedReader(
                        new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (line.equals(READY_LINE)) {
                    ready.complete(null);
                } else {
                    log.line(line);
                }
            }
        } catch (IOException e) {
            log.line("standard output ended: " + e.getMessage());
        }
    }

    private void failIfNotReady() {
        try {
            pump.join(LAST_LINES_LIMIT);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        ready.completeExceptionally(new BackendException(spec.name() + " ended"));
    }
}
