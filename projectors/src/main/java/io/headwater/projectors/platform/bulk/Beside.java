package io.headwater.projectors.platform.bulk;

import java.sql.SQLException;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

/// Work on a thread of its own, while its owner does the other half.
final class Beside implements AutoCloseable {

    @FunctionalInterface
    interface Work {
        void run() throws PoisonException, SQLException, InterruptedException;
    }

    private final FutureTask<Void> task;
    private final Thread thread;

    /// Begins.
    Beside(String name, Work work) {
        task =
                new FutureTask<>(() -> {
                    work.run();
                    return null;
                });
        thread = Thread.ofPlatform().name(name).start(task);
    }

    /// Until it is done; what it threw is thrown here.
    void await() throws PoisonException, SQLException, InterruptedException {
        try {
            task.get();
        } catch (ExecutionException failed) {
            switch (Objects.requireNonNull(failed.getCause())) {
                case PoisonException poison -> throw poison;
                case SQLException refused -> throw refused;
                case InterruptedException stopped -> throw stopped;
                case RuntimeException other -> throw other;
                case Error broken -> throw broken;
                default -> throw new IllegalStateException(failed.getCause());
            }
        }
    }

    /// What is not done is broken off, and has ended when this returns: it uses what its owner
    /// closes next, so even an owner who is interrupted waits.
    @Override
    public void close() {
        thread.interrupt();
        boolean interrupted = false;
        while (thread.isAlive()) {
            try {
                thread.join();
            } catch (InterruptedException again) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
