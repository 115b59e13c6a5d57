package io.headwater.bench;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;

/// Whether the loop and a generation have made the same rows: a fast wrong answer is no result.
///
/// @param database in autocommit mode
record SameRows(Connection database) {

    private record Sum(long rows, String hashes) {}

    /// @throws IllegalStateException when a table of the loop is not what the generation has
    void require(List<TableChanges> tables, String schema) throws SQLException {
        for (var changes : tables) {
            String theirs = schema + "." + changes.table();
            Sum bare = sum(CopyLoop.table(changes), changes.columns());
            Sum made = sum(theirs, changes.columns());
            if (!bare.equals(made)) {
                throw new IllegalStateException(
                        "%s has %d rows, the loop's has %d, or they are others"
                                .formatted(theirs, made.rows(), bare.rows()));
            }
        }
    }

    /// @return rows that the loop had made
    long drop(List<TableChanges> tables) throws SQLException {
        long rows = 0;
        for (var changes : tables) {
            rows += sum(CopyLoop.table(changes), changes.columns()).rows();
            try (var statement = database.createStatement()) {
                statement.execute("drop table " + CopyLoop.table(changes));
            }
        }
        return rows;
    }

    private Sum sum(String table, String columns) throws SQLException {
        String sql =
                "select count(*), coalesce(sum(hashtextextended(row(%s)::text, 0)), 0)::text from %s"
                        .formatted(columns, table);
        try (var statement = database.createStatement();
                var result = statement.executeQuery(sql)) {
            result.next();
            return new Sum(result.getLong(1), result.getString(2));
        }
    }
}
