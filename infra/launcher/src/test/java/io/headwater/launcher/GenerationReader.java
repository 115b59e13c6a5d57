package io.headwater.launcher;

import java.net.URI;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/// Asks query-api for an additive view all the time, and looks before and after into the tables of
/// the generation that is live: the answer must name that one, and be between the two sums, because
/// within a generation they only grow.
final class GenerationReader implements AutoCloseable {

    private static final long PAUSE_NANOS = 20_000_000;
    private static final long AWAY_PAUSE_NANOS = 100_000_000;
    private static final String NO_TABLE = "42P01";

    private final Caller caller = new Caller();
    private final URI question;
    private final Map<String, String> admin;
    private final Connection connection;
    private final AtomicInteger reads = new AtomicInteger();
    private final ConcurrentLinkedQueue<String> faults = new ConcurrentLinkedQueue<>();
    private final Thread thread;
    private volatile boolean stopping;

    /// @param generation that is live
    /// @param sum in its tables
    private record Look(int generation, long sum) {}

    GenerationReader(LaunchedPlatform platform) throws SQLException {
        question = platform.queryApi().resolve("/analytics/engine/overview");
        admin = Map.of("X-API-Key", platform.adminKey());
        var postgres = platform.told().path("postgres");
        connection =
                DriverManager.getConnection(
                        postgres.path("jdbc_url").asString(),
                        postgres.path("user").asString(),
                        postgres.path("password").asString());
        thread = Thread.ofPlatform().name("generation-reader").start(this::run);
    }

    /// Answers that were looked at.
    int reads() {
        return reads.get();
    }

    /// Answers that were not of the live generation.
    List<String> faults() {
        return List.copyOf(faults);
    }

    private void run() {
        try {
            while (!stopping) {
                LockSupport.parkNanos(readOnce() ? PAUSE_NANOS : AWAY_PAUSE_NANOS);
            }
        } catch (SQLException | RuntimeException failure) {
            faults.add("the reader died: " + failure);
        }
    }

    /// @return whether there was an answer
    private boolean readOnce() throws SQLException {
        Look before = look();
        Caller.Answer answer;
        try {
            answer = caller.get(question, admin);
        } catch (Caller.Unanswered killed) {
            return false;
        }
        Look after = look();
        judge(before, answer, after);
        reads.incrementAndGet();
        return true;
    }

    private void judge(Look before, Caller.Answer answer, Look after) {
        if (answer.status() != 200) {
            faults.add(answer.status() + " " + answer.text());
            return;
        }
        String told = answer.headers().firstValue("X-Generation").orElse("none");
        long sum = answer.json().path("submissions").asLong(-1);
        boolean ofBefore = told.equals(Rebuilds.PROJECTION + "=" + before.generation());
        boolean ofAfter = told.equals(Rebuilds.PROJECTION + "=" + after.generation());
        if (!ofBefore && !ofAfter
                || ofBefore && sum < before.sum()
                || ofAfter && sum > after.sum()) {
            faults.add("%s, then %s: %d, then %s".formatted(before, told, sum, after));
        }
    }

    private Look look() throws SQLException {
        while (true) {
            int generation =
                    (int)
                            number(
                                    "select generation from ops.projection where projection = '%s' and state = 'LIVE'"
                                            .formatted(Rebuilds.PROJECTION));
            try {
                return new Look(
                        generation,
                        number(
                                "select coalesce(sum(submissions), 0) from %1$s_g%2$d.%1$s_15m"
                                        .formatted(Rebuilds.PROJECTION, generation)));
            } catch (SQLException dropped) {
                // replaced a while ago, between the two questions
                if (!NO_TABLE.equals(dropped.getSQLState())) {
                    throw dropped;
                }
            }
        }
    }

    private long number(String sql) throws SQLException {
        try (var statement = connection.createStatement();
                var rows = statement.executeQuery(sql)) {
            rows.next();
            return rows.getLong(1);
        }
    }

    @Override
    public void close() throws InterruptedException, SQLException {
        stopping = true;
        thread.join();
        connection.close();
    }
}
