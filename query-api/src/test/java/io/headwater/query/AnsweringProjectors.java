package io.headwater.query;

import java.util.concurrent.locks.LockSupport;
import org.springframework.jdbc.core.simple.JdbcClient;

/// Stands for the projectors, another process: answers whatever is asked, each request once.
final class AnsweringProjectors implements AutoCloseable {
    private final JdbcClient jdbc;
    private final String answer;
    private final Thread thread;
    private volatile boolean running = true;

    private AnsweringProjectors(JdbcClient jdbc, String answer) {
        this.jdbc = jdbc;
        this.answer = answer;
        this.thread = Thread.ofVirtual().start(this::run);
    }

    static AnsweringProjectors accepting(JdbcClient jdbc, int generation) {
        return new AnsweringProjectors(jdbc, "accepted = true, generation = " + generation);
    }

    static AnsweringProjectors acceptingForSeveral(JdbcClient jdbc) {
        return new AnsweringProjectors(jdbc, "accepted = true");
    }

    static AnsweringProjectors refusing(JdbcClient jdbc, String code, String reason) {
        return new AnsweringProjectors(
                jdbc, "accepted = false, code = '%s', reason = '%s'".formatted(code, reason));
    }

    private void run() {
        while (running) {
            jdbc.sql(
                            "update ops.request set answered_at = now(), "
                                    + answer
                                    + " where answered_at is null")
                    .update();
            LockSupport.parkNanos(20_000_000);
        }
    }

    @Override
    public void close() throws InterruptedException {
        running = false;
        thread.join();
    }
}
