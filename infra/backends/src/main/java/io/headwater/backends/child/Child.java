package io.headwater.backends.child;

import io.headwater.backends.ChildProcess;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import sun.misc.Signal;
import sun.misc.SignalHandler;

/// What every child does alike: start, say so, serve until standard input ends, stop within a
/// limit.
///
/// Ctrl-C reaches the whole group of a terminal; a child leaves it to the launcher, which stops
/// things in order.
public final class Child {
    private static final Duration STOP_LIMIT = Duration.ofSeconds(30);

    private Child() {}

    /// Runs the server that `start` returns; does not return.
    public static void run(Callable<? extends AutoCloseable> start) {
        Signal.handle(new Signal("INT"), SignalHandler.SIG_IGN);
        var server = new Server();
        Runtime.getRuntime().addShutdownHook(new Thread(server::stop, "stop"));
        Thread.ofPlatform().daemon().name("standard-input").start(Child::exitWithStandardInput);
        try {
            server.running = start.call();
        } catch (Exception | LinkageError e) {
            e.printStackTrace();
            System.exit(1);
        }
        System.out.println(ChildProcess.READY_LINE);
        System.out.flush();
        parkForever();
    }

    private static void exitWithStandardInput() {
        try {
            while (System.in.read() >= 0) {}
        } catch (IOException e) {
            System.out.println("standard input broke: " + e.getMessage());
        }
        System.exit(0);
    }

    private static void parkForever() {
        try {
            new CountDownLatch(1).await();
        } catch (InterruptedException e) {
            System.exit(1);
        }
    }

    private static final class Server {
        volatile @Nullable AutoCloseable running;

        void stop() {
            Thread.ofPlatform().daemon().name("stop-limit").start(Server::haltAtLimit);
            AutoCloseable server = running;
            if (server == null) {
                // Cut short: what it was starting must not come up without it.
                ProcessHandle.current().descendants().forEach(ProcessHandle::destroyForcibly);
                return;
            }
            try {
                server.close();
            } catch (Exception e) {
                e.printStackTrace();
            }
        }

        private static void haltAtLimit() {
            try {
                TimeUnit.SECONDS.sleep(STOP_LIMIT.toSeconds());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            System.out.println("did not stop within " + STOP_LIMIT.toSeconds() + " s: halting");
            Runtime.getRuntime().halt(2);
        }
    }
}
