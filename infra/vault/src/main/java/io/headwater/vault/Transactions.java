package io.headwater.vault;

import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.DataSource;

/// Work on the vault's database: all of it is committed, or nothing.
final class Transactions {

    /// @param <T> what it gives
    interface Work<T> {
        T in(Connection connection) throws SQLException;
    }

    private final DataSource database;

    Transactions(DataSource database) {
        this.database = database;
    }

    /// @throws VaultUnavailableException when the database does not do it
    <T> T call(Work<T> work) {
        try (var connection = database.getConnection()) {
            connection.setAutoCommit(false);
            boolean done = false;
            try {
                T result = work.in(connection);
                connection.commit();
                done = true;
                return result;
            } finally {
                if (!done && !connection.isClosed()) {
                    connection.rollback();
                }
            }
        } catch (SQLException away) {
            throw new VaultUnavailableException(away);
        }
    }

    /// One statement by itself, for what cannot be in a transaction.
    void run(String sql) {
        try (var connection = database.getConnection();
                var statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException away) {
            throw new VaultUnavailableException(away);
        }
    }
}
