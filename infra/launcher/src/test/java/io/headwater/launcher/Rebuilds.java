package io.headwater.launcher;

import static org.awaitility.Awaitility.await;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The generations of one additive view and the requests for them, as Postgres has them; nothing in
/// here asks query-api.
final class Rebuilds implements AutoCloseable {

    static final String PROJECTION = "lead_volume";

    /// In the order that a rebuild goes through them.
    static final List<String> STATES =
            List.of("PLANNED", "BACKFILL", "CATCHING_UP", "VERIFYING", "READY", "LIVE");

    private static final Duration LIMIT = Duration.ofMinutes(5);
    private static final Duration LOOK = Duration.ofMillis(2);

    private final LaunchedPlatform platform;
    private final Connection connection;

    /// @param answered by the projectors
    /// @param generation that was begun; null when it was refused
    record Request(boolean answered, boolean accepted, @Nullable Integer generation) {}

    Rebuilds(LaunchedPlatform platform) throws SQLException {
        this.platform = platform;
        connection = connect(platform);
    }

    private static Connection connect(LaunchedPlatform platform) throws SQLException {
        var postgres = platform.told().path("postgres");
        return DriverManager.getConnection(
                postgres.path("jdbc_url").asString(),
                postgres.path("user").asString(),
                postgres.path("password").asString());
    }

    /// All that there ever were.
    List<Integer> generations() throws SQLException {
        return list(
                        "select generation from ops.projection where projection = ? order by generation",
                        PROJECTION)
                .stream()
                .map(Integer::valueOf)
                .toList();
    }

    String state(int generation) throws SQLException {
        return list(
                        "select state from ops.projection where projection = ? and generation = ?::integer",
                        PROJECTION,
                        String.valueOf(generation))
                .stream()
                .findFirst()
                .orElse("");
    }

    /// States that it went through.
    List<String> steps(int generation) throws SQLException {
        return list(
                "select to_state from ops.transition where projection = ? and generation = ?::integer order by id",
                PROJECTION,
                String.valueOf(generation));
    }

    /// Of its newest comparison.
    boolean comparedEqual(int generation) throws SQLException {
        return list(
                        "select report ->> 'equal' from ops.report where projection = ? and generation = ?::integer order by id desc limit 1",
                        PROJECTION,
                        String.valueOf(generation))
                .equals(List.of("true"));
    }

    /// What was asked with this rate.
    List<Request> requests(int rate) throws SQLException {
        try (var select =
                connection.prepareStatement(
                        "select answered_at is not null, coalesce(accepted, false), generation from ops.request where (options ->> 'max_rate')::integer = ?")) {
            select.setInt(1, rate);
            var found = new ArrayList<Request>();
            try (var rows = select.executeQuery()) {
                while (rows.next()) {
                    found.add(
                            new Request(
                                    rows.getBoolean(1),
                                    rows.getBoolean(2),
                                    rows.getObject(3, Integer.class)));
                }
            }
            return found;
        }
    }

    void awaitAsked(int rate) {
        await().atMost(LIMIT)
                .pollDelay(Duration.ZERO)
                .pollInterval(LOOK)
                .until(() -> !requests(rate).isEmpty());
    }

    Request awaitAnswered(int rate) {
        return await().atMost(LIMIT)
                .pollInterval(LOOK)
                .until(
                        () ->
                                requests(rate).stream()
                                        .filter(Request::answered)
                                        .findFirst()
                                        .orElse(new Request(false, false, null)),
                        Request::answered);
    }

    /// @return the first generation that is not among these
    int awaitAnother(List<Integer> known) {
        return await().atMost(LIMIT)
                .pollDelay(Duration.ZERO)
                .pollInterval(LOOK)
                .until(
                        () ->
                                generations().stream()
                                        .filter(one -> !known.contains(one))
                                        .findFirst(),
                        Optional::isPresent)
                .orElseThrow();
    }

    void awaitNothingOnItsWay() {
        await().atMost(LIMIT)
                .pollInterval(Duration.ofMillis(50))
                .until(() ->
                        list(
                                        "select generation from ops.projection where projection = ? and state in ('PLANNED', 'BACKFILL', 'CATCHING_UP', 'VERIFYING', 'READY')",
                                        PROJECTION)
                                .isEmpty());
    }

    /// @return whether it was seen in this state; not when it was beyond it already
    boolean awaitState(int generation, String wanted) {
        String seen =
                await().atMost(LIMIT)
                        .pollDelay(Duration.ZERO)
                        .pollInterval(LOOK)
                        .until(
                                () -> state(generation),
                                state ->
                                        STATES.indexOf(state) >= STATES.indexOf(wanted)
                                                || !STATES.contains(state));
        if (!STATES.contains(seen)) {
            throw new AssertionError(PROJECTION + " g" + generation + " is " + seen);
        }
        return seen.equals(wanted);
    }

    /// Readers that hold the view keep a switch out until this is closed.
    AutoCloseable heldView() throws SQLException {
        Connection reader = connect(platform);
        reader.setAutoCommit(false);
        try (var statement = reader.createStatement()) {
            statement.execute("select from read.lead_volume_15m limit 1");
        }
        return reader;
    }

    private List<String> list(String sql, String... values) throws SQLException {
        try (var select = connection.prepareStatement(sql)) {
            for (int i = 0; i < values.length; i++) {
                select.setString(i + 1, values[i]);
            }
            var found = new ArrayList<String>();
            try (var rows = select.executeQuery()) {
                while (rows.next()) {
                    found.add(rows.getString(1));
                }
            }
            return found;
        }
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }
}
