package io.headwater.backends.child;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;

/// The database and the roles, made when missing: what an administrator would do on a real server.
///
/// `headwater` owns the database and its schemas; `headwater_query` logs in for query-api and owns
/// nothing; `headwater_command` logs in for command-api and owns the schema `ops_command`;
/// `headwater_vault` owns the schema `vault`, which no other role may read.
final class PostgresRoles {
    private final int port;

    PostgresRoles(int port) {
        this.port = port;
    }

    void create() throws SQLException {
        try (var server = connect("postgres")) {
            for (String role :
                    List.of(
                            "headwater",
                            "headwater_query",
                            "headwater_command",
                            "headwater_vault")) {
                if (isMissing(
                        server, "select 1 from pg_roles where rolname = '%s'".formatted(role))) {
                    run(server, "create role %s login".formatted(role));
                }
            }
            if (isMissing(server, "select 1 from pg_database where datname = 'headwater'")) {
                run(server, "create database headwater owner headwater");
            }
        }
        try (var database = connect("headwater")) {
            run(database, "create extension if not exists pg_stat_statements");
            run(database, "grant pg_read_all_stats to headwater");
            run(
                    database,
                    "create schema if not exists ops_command authorization headwater_command");
            run(database, "create schema if not exists vault authorization headwater_vault");
        }
    }

    private Connection connect(String database) throws SQLException {
        return DriverManager.getConnection(
                "jdbc:postgresql://127.0.0.1:" + port + "/" + database, "postgres", "");
    }

    private static boolean isMissing(Connection connection, String query) throws SQLException {
        try (Statement statement = connection.createStatement();
                var rows = statement.executeQuery(query)) {
            return !rows.next();
        }
    }

    private static void run(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
