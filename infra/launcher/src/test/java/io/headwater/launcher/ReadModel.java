package io.headwater.launcher;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;

/// The tables that readers see, asked in plain SQL.
final class ReadModel implements AutoCloseable {

    private final Connection connection;

    ReadModel(LaunchedPlatform platform) throws SQLException {
        var postgres = platform.told().path("postgres");
        connection =
                DriverManager.getConnection(
                        postgres.path("jdbc_url").asString(),
                        postgres.path("user").asString(),
                        postgres.path("password").asString());
    }

    long number(String sql, String... values) throws SQLException {
        try (var statement = connection.prepareStatement(sql)) {
            for (int i = 0; i < values.length; i++) {
                statement.setString(i + 1, values[i]);
            }
            try (var rows = statement.executeQuery()) {
                rows.next();
                return rows.getLong(1);
            }
        }
    }

    /// First column to second.
    Map<String, Long> counts(String sql, String value) throws SQLException {
        var counts = new HashMap<String, Long>();
        try (var statement = connection.prepareStatement(sql)) {
            statement.setString(1, value);
            try (var rows = statement.executeQuery()) {
                while (rows.next()) {
                    counts.put(rows.getString(1), rows.getLong(2));
                }
            }
        }
        return counts;
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }
}
