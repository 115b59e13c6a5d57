package io.headwater.launcher.sweep;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;

/// The databases of the embedded server, asked as its superuser: reads what no application may.
final class Databases {

    private static final String SUPERUSER = "postgres";

    private final String url;

    /// @param url of one of them
    Databases(String url) {
        this.url = url;
    }

    Connection connect() throws SQLException {
        return connect(url);
    }

    private static Connection connect(String to) throws SQLException {
        var settings = new Properties();
        settings.setProperty("user", SUPERUSER);
        settings.setProperty("ApplicationName", "headwater-sweep");
        settings.setProperty("tcpKeepAlive", "true");
        settings.setProperty("options", "-c lock_timeout=5s -c statement_timeout=0");
        return DriverManager.getConnection(to, settings);
    }

    /// One connection after the other; each is closed when the next is asked for.
    interface Each {
        void database(String name, Connection connection) throws Exception;
    }

    void each(Each each) throws Exception {
        for (String name : names()) {
            try (var connection = connect(url.replaceFirst("/[^/?]+(\\?|$)", "/" + name + "$1"))) {
                each.database(name, connection);
            }
        }
    }

    private List<String> names() throws SQLException {
        try (var connection = connect();
                var statement = connection.createStatement();
                var rows =
                        statement.executeQuery(
                                "select datname from pg_database where datallowconn order by 1")) {
            var names = new ArrayList<String>();
            while (rows.next()) {
                names.add(rows.getString(1));
            }
            return names;
        }
    }

    static void run(Connection connection, String sql) throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    /// Removes the schemas that sweeps made.
    ///
    /// @param ending of their names
    void dropPlanted(String ending) throws SQLException {
        try (var connection = connect();
                var select =
                        connection.prepareStatement(
                                "select nspname from pg_namespace where starts_with(nspname, ?) and nspname like ?")) {
            select.setString(1, Probes.PREFIX);
            select.setString(2, "%" + ending);
            var found = new ArrayList<String>();
            try (var rows = select.executeQuery()) {
                while (rows.next()) {
                    found.add(rows.getString(1));
                }
            }
            for (String schema : found) {
                run(connection, "drop schema " + schema + " cascade");
            }
        }
    }
}
