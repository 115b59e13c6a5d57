package io.headwater.launcher;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
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

    /// Names of the views that readers see.
    List<String> views() throws SQLException {
        var views = new ArrayList<String>();
        try (var statement = connection.createStatement();
                var rows =
                        statement.executeQuery(
                                "select table_name from information_schema.views where table_schema = 'read'")) {
            while (rows.next()) {
                views.add(rows.getString(1));
            }
        }
        return views;
    }

    /// Number of rows and sum of their hashes, all columns.
    String checksum(String view) throws SQLException {
        try (var statement = connection.createStatement();
                var rows =
                        statement.executeQuery(
                                """
                                select count(*) || ' ' || coalesce(sum(hashtextextended(t::text, 0)::numeric), 0)
                                from read.%s t
                                """
                                        .formatted(view))) {
            rows.next();
            return rows.getString(1);
        }
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }
}
