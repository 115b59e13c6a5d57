package io.headwater.projectors;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.postgresql.ds.PGSimpleDataSource;

/// Analysts who never stop reading: every view, with prepared statements on kept connections, and
/// two views of one projection in one transaction, which must be of one generation.
final class SteadyReaders implements AutoCloseable {

    private static final List<String> QUERIES =
            List.of(
                    "select count(session_id) from read.sessions",
                    "select coalesce(sum(events), 0) from read.traffic_15m",
                    "select coalesce(sum(views), 0) from read.page_views_15m",
                    "select count(lead_id) from read.leads",
                    "select count(submission_id) from read.submissions",
                    "select coalesce(sum(submissions), 0) from read.lead_volume_15m",
                    "select coalesce(sum(received), 0) from read.intake_15m",
                    "select count(receipt_id) from read.webhooks");

    /// After the rows of both were read: the locks keep the views as they are until the end.
    private static final String SAME =
            """
            select count(distinct substring(pg_get_viewdef(view::regclass) from 'traffic_g[0-9]+'))
            from unnest(array['read.traffic_15m', 'read.page_views_15m']) as view\
            """;

    /// The cores are few, and others need them too.
    private static final long PAUSE_NANOS = 30_000_000;

    private final PGSimpleDataSource source = new PGSimpleDataSource();
    private final ConcurrentLinkedQueue<String> errors = new ConcurrentLinkedQueue<>();
    private final AtomicInteger reads = new AtomicInteger();
    private final AtomicInteger mixed = new AtomicInteger();
    private final List<Thread> threads;
    private volatile boolean stopping;

    SteadyReaders(String url, String user) {
        source.setUrl(url);
        source.setUser(user);
        source.setPrepareThreshold(2);
        threads =
                Stream.<Reading>of(this::readEach, this::readTogether)
                        .map(reading ->
                                Thread.ofPlatform().name("reader").start(() -> run(reading)))
                        .toList();
    }

    int reads() {
        return reads.get();
    }

    int mixed() {
        return mixed.get();
    }

    /// @return what went wrong
    List<String> stop() throws InterruptedException {
        stopping = true;
        for (Thread thread : threads) {
            thread.join();
        }
        return List.copyOf(errors);
    }

    @Override
    public void close() throws InterruptedException {
        stop();
    }

    @FunctionalInterface
    private interface Reading {
        void once(Connection connection) throws SQLException;
    }

    private void run(Reading reading) {
        try (var connection = source.getConnection()) {
            while (!stopping) {
                try {
                    reading.once(connection);
                    reads.incrementAndGet();
                    LockSupport.parkNanos(PAUSE_NANOS);
                } catch (SQLException failure) {
                    errors.add(failure.getSQLState() + " " + failure.getMessage());
                    if (!connection.getAutoCommit()) {
                        connection.rollback();
                    }
                }
            }
        } catch (SQLException failure) {
            errors.add("connection: " + failure.getMessage());
        }
    }

    private void readEach(Connection connection) throws SQLException {
        for (String query : QUERIES) {
            try (var statement = connection.prepareStatement(query);
                    var rows = statement.executeQuery()) {
                rows.next();
            }
        }
    }

    private void readTogether(Connection connection) throws SQLException {
        connection.setAutoCommit(false);
        readEach(connection);
        try (var statement = connection.prepareStatement(SAME);
                var rows = statement.executeQuery()) {
            rows.next();
            if (rows.getInt(1) != 1) {
                mixed.incrementAndGet();
            }
        }
        connection.commit();
    }
}
