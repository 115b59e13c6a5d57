package io.headwater.backends.child;

import com.sun.security.auth.module.UnixSystem;
import io.headwater.backends.Folders;
import io.headwater.backends.Postmaster;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/// One data directory and the server on it, driven by `initdb` and `pg_ctl`.
///
/// PostgreSQL refuses to run as root; where we are root its programs run in a user namespace
/// (`unshare -U`).
final class PostgresCluster {
    private static final String SETTINGS_FILE = "headwater.conf";

    private static final String UNFINISHED = "postgres-unfinished-";

    /// What a killed postmaster left busy ends within this; a query may take its time.
    private static final Duration CRASH_LIMIT = Duration.ofSeconds(30);

    private static final Duration PAUSE = Duration.ofSeconds(1);

    private static final List<String> UNPRIVILEGED = List.of("unshare", "-U");

    private final Path data;
    private final int port;
    private final PostgresBinaries binaries;

    PostgresCluster(Path data, int port, PostgresBinaries binaries) {
        this.data = data;
        this.port = port;
        this.binaries = binaries;
    }

    /// Stops a server that an earlier process of ours left on this directory when it was killed.
    void stopLeftover() throws IOException, InterruptedException {
        if (Postmaster.in(data).isPresent()) {
            System.out.println("stopping the PostgreSQL that a killed process left behind");
            stop();
        }
    }

    /// Says what to do where this machine will not let PostgreSQL run.
    void checkUser() throws IOException, InterruptedException {
        if (!isRoot()) {
            return;
        }
        var probe = new ArrayList<>(UNPRIVILEGED);
        probe.add("true");
        try {
            if (new ProcessBuilder(probe).start().waitFor() == 0) {
                return;
            }
        } catch (IOException noSuchProgram) {
            System.out.println(noSuchProgram.getMessage());
        }
        throw new IOException(
                "PostgreSQL does not run as root, and this machine forbids or lacks `unshare -U`,"
                        + " which would help: start Headwater as another user");
    }

    private static boolean isRoot() {
        return new UnixSystem().getUid() == 0;
    }

    /// Makes the cluster once; half a cluster never gets the final name.
    void create() throws IOException, InterruptedException {
        if (!Files.exists(data.resolve("PG_VERSION"))) {
            Files.createDirectories(data.getParent());
            deleteUnfinished();
            Path fresh = Files.createTempDirectory(data.getParent(), UNFINISHED);
            run(
                    "initdb",
                    "--pgdata=" + fresh,
                    "--username=postgres",
                    "--auth=trust",
                    "--encoding=UTF8",
                    "--locale-provider=builtin",
                    "--builtin-locale=C.UTF-8",
                    "--locale=C");
            Files.writeString(
                    fresh.resolve("postgresql.conf"),
                    "\ninclude '" + SETTINGS_FILE + "'\n",
                    StandardOpenOption.APPEND);
            Files.move(fresh, data, StandardCopyOption.ATOMIC_MOVE);
        }
        Files.writeString(data.resolve(SETTINGS_FILE), settings());
    }

    /// Earlier attempts that were cut short; nobody else works on this folder.
    private void deleteUnfinished() throws IOException {
        List<Path> unfinished;
        try (Stream<Path> siblings = Files.list(data.getParent())) {
            unfinished =
                    siblings.filter(path -> path.getFileName().toString().startsWith(UNFINISHED))
                            .toList();
        }
        for (Path folder : unfinished) {
            Folders.delete(folder);
        }
    }

    /// Returns when the server takes connections.
    ///
    /// When only the postmaster was killed, a busy process of its own holds on to the shared memory
    /// and nothing starts beside it until it notices: then this tries for 30 s.
    void start() throws IOException, InterruptedException {
        boolean crashed = Files.exists(data.resolve("postmaster.pid"));
        long deadline = System.nanoTime() + CRASH_LIMIT.toNanos();
        while (true) {
            int status =
                    status(
                            "pg_ctl",
                            "start",
                            "--pgdata=" + data,
                            "--wait",
                            "--timeout=120",
                            "--silent");
            if (status == 0) {
                return;
            }
            if (!crashed || System.nanoTime() - deadline >= 0) {
                throw new IOException("pg_ctl ended with status " + status);
            }
            System.out.println("trying again: the server that was killed may not be gone yet");
            TimeUnit.NANOSECONDS.sleep(PAUSE.toNanos());
        }
    }

    /// Ends connections, writes a checkpoint, stops; when that takes too long, stops at once (the
    /// log repairs it).
    void stop() throws IOException, InterruptedException {
        if (status("pg_ctl", "stop", "--pgdata=" + data, "--mode=fast", "--timeout=20") != 0) {
            Postmaster.in(data).ifPresent(Postmaster::kill);
        }
    }

    private String settings() {
        return """
        listen_addresses = '127.0.0.1'
        port = %d
        unix_socket_directories = ''
        max_connections = 100
        # What was committed stays committed, also after a power cut.
        fsync = on
        synchronous_commit = on
        full_page_writes = on
        shared_preload_libraries = 'pg_stat_statements'
        timezone = 'UTC'
        log_timezone = 'UTC'
        # A laptop: little shared memory, few processes, short plans.
        shared_buffers = '96MB'
        max_wal_size = '512MB'
        io_method = 'sync'
        jit = off
        max_parallel_workers_per_gather = 0
        autovacuum_max_workers = 2
        log_checkpoints = off
        """
                .formatted(port);
    }

    private void run(String program, String... arguments) throws IOException, InterruptedException {
        int status = status(program, arguments);
        if (status != 0) {
            throw new IOException(program + " ended with status " + status);
        }
    }

    /// Output goes to ours, and the server's with it.
    private int status(String program, String... arguments)
            throws IOException, InterruptedException {
        var command = new ArrayList<String>();
        if (isRoot()) {
            command.addAll(UNPRIVILEGED);
        }
        command.add(binaries.program(program));
        command.addAll(List.of(arguments));
        var process =
                new ProcessBuilder(command)
                        .redirectErrorStream(true)
                        .redirectOutput(ProcessBuilder.Redirect.INHERIT)
                        .start();
        process.getOutputStream().close();
        return process.waitFor();
    }
}
