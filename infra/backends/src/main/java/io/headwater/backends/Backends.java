package io.headwater.backends;

import java.nio.file.Path;
import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/// A running set of back ends and the addresses to reach them.
///
/// Tests take [TestBackends]; the launcher starts each member itself to show its progress.
public final class Backends implements AutoCloseable {
    private final BackendSettings settings;
    private final Map<Backend, ChildProcess> children = new EnumMap<>(Backend.class);

    public Backends(BackendSettings settings) {
        this.settings = settings;
    }

    /// Starts these together and returns when all are ready.
    public void start(Collection<Backend> which) {
        which.forEach(this::launch);
        which.forEach(this::awaitReady);
    }

    /// Starts one, or starts it again, on its data and its port, and returns when it is ready.
    public void start(Backend which) {
        launch(which);
        awaitReady(which);
    }

    /// Starts one, unless it runs, and returns at once with the id of the child process;
    /// [#awaitReady] must follow.
    public synchronized long launch(Backend which) {
        ChildProcess running = children.get(which);
        if (running != null && running.isAlive()) {
            return running.pid();
        }
        ChildProcess child = ChildProcess.start(BackendSpecs.of(which, settings));
        children.put(which, child);
        return child.pid();
    }

    /// Returns when one that was launched is ready.
    public void awaitReady(Backend which) {
        child(which).awaitReady();
    }

    /// Stops one cleanly.
    public void stop(Backend which) {
        child(which).close();
    }

    /// `kill -9` of one and of its child processes.
    public void kill(Backend which) {
        ChildProcess child = child(which);
        if (which == Backend.POSTGRES) {
            Postmaster.in(postgresData()).ifPresent(Postmaster::kill);
        }
        child.kill();
    }

    public boolean isAlive(Backend which) {
        return child(which).isAlive();
    }

    /// The process that serves: for Postgres the postmaster, not the child that watches it.
    public long pid(Backend which) {
        long watcher = child(which).pid();
        return which == Backend.POSTGRES
                ? Postmaster.in(postgresData()).map(Postmaster::pid).orElse(watcher)
                : watcher;
    }

    /// Completes with the exit status when this one ends, wanted or not.
    public CompletableFuture<Integer> onExit(Backend which) {
        return child(which).onExit();
    }

    /// What is to be said of one that ended: its name, `what`, the end of its log.
    public String describe(Backend which, String what) {
        return child(which).describe(what);
    }

    public String kafkaBootstrap() {
        return "127.0.0.1:" + settings.ports().kafka();
    }

    public String jdbcUrl() {
        return "jdbc:postgresql://127.0.0.1:" + settings.ports().postgres() + "/headwater";
    }

    /// Owner of the database; the password is empty, connections from this machine are trusted.
    public String jdbcUser() {
        return "headwater";
    }

    /// May log in; what it may read is granted by the migrations.
    public String jdbcQueryUser() {
        return "headwater_query";
    }

    /// Owns the schema `ops_command`, for command-api.
    public String jdbcCommandUser() {
        return "headwater_command";
    }

    /// Owns the schema `vault`, for the key vault.
    public String jdbcVaultUser() {
        return "headwater_vault";
    }

    public String s3Endpoint() {
        return "http://127.0.0.1:" + settings.ports().s3();
    }

    public String s3AccessKey() {
        return settings.s3AccessKey();
    }

    public String s3SecretKey() {
        return settings.s3SecretKey();
    }

    public String s3Bucket() {
        return BackendSettings.BUCKET;
    }

    /// The Confluent-compatible API of the registry.
    public String registryUrl() {
        return "http://127.0.0.1:" + settings.ports().registry() + "/apis/ccompat/v7";
    }

    public BackendSettings settings() {
        return settings;
    }

    /// Stops all that run, together; returns when the last has ended.
    @Override
    public void close() {
        List<ChildProcess> launched;
        synchronized (this) {
            launched = List.copyOf(children.values());
        }
        var stopping =
                launched.stream()
                        .filter(ChildProcess::isAlive)
                        .map(child -> Thread.ofPlatform().daemon().start(child::close))
                        .toList();
        for (Thread one : stopping) {
            try {
                one.join();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }

    synchronized ChildProcess child(Backend which) {
        ChildProcess child = children.get(which);
        if (child == null) {
            throw new BackendException(which.label() + " was never started here");
        }
        return child;
    }

    private Path postgresData() {
        return BackendSpecs.postgresData(settings);
    }
}
