package io.headwater.backends.child;

import io.headwater.backends.Postmaster;
import java.nio.file.Path;

/// PostgreSQL on a folder: makes the cluster, the roles and the database on first start, then
/// watches over it.
///
/// Arguments: data directory, port, folder of the binaries (unpacked there once).
public final class PostgresMain {
    private PostgresMain() {}

    public static void main(String[] args) {
        Child.run(() -> start(Path.of(args[0]), Integer.parseInt(args[1]), Path.of(args[2])));
    }

    private static AutoCloseable start(Path data, int port, Path binaries) throws Exception {
        var cluster = new PostgresCluster(data, port, PostgresBinaries.unpackedIn(binaries));
        cluster.checkUser();
        cluster.stopLeftover();
        cluster.create();
        cluster.start();
        new PostgresRoles(port).create();
        exitWhenItEnds(data);
        return cluster::stop;
    }

    private static void exitWhenItEnds(Path data) {
        Postmaster.in(data)
                .orElseThrow(() -> new IllegalStateException("no postmaster on " + data))
                .process()
                .onExit()
                .thenRun(() -> System.exit(3));
    }
}
