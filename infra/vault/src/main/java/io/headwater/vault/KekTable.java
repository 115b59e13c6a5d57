package io.headwater.vault;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/// Which key-encryption keys the vault knows, and whether a keyset has them.
final class KekTable {

    /// Sealed with each key, to know it again.
    private static final byte[] KNOWN = "headwater vault".getBytes(StandardCharsets.UTF_8);

    /// Of whoever changes which key is the primary one.
    private static final long LOCK = 0x6865_6164_7661_756cL;

    private KekTable() {}

    /// Waits for whoever opens or rotates; until the end of the transaction.
    static void lock(Connection connection) throws SQLException {
        try (var statement = connection.prepareStatement("select pg_advisory_xact_lock(?)")) {
            statement.setLong(1, LOCK);
            statement.execute();
        }
    }

    /// @return empty: the vault was never opened
    static Optional<String> primary(Connection connection) throws SQLException {
        return primary(connection, "");
    }

    /// It stays the primary one until the end of the transaction.
    static Optional<String> primaryKept(Connection connection) throws SQLException {
        var one = primary(connection, " for share");
        // Waited for a rotation: the one it waited for is retired, the new one was not seen.
        return one.isPresent() ? one : primary(connection, " for share");
    }

    private static Optional<String> primary(Connection connection, String lock)
            throws SQLException {
        try (var statement = connection.createStatement();
                var rows =
                        statement.executeQuery(
                                "select kek_id from vault.kek where state = 'primary'" + lock)) {
            return rows.next() ? Optional.of(rows.getString(1)) : Optional.empty();
        }
    }

    /// From now on this one wraps what is new; waits for those who wrap with the one before.
    static void makePrimary(Connection connection, Kek kek, String id) throws SQLException {
        try (var retire =
                connection.prepareStatement(
                        "update vault.kek set state = 'retired', retired_at = now() where state = 'primary'")) {
            retire.executeUpdate();
        }
        insert(connection, id, seal(kek, id), "primary");
    }

    static void insert(Connection connection, String id, byte[] seal, String state)
            throws SQLException {
        try (var insert =
                connection.prepareStatement(
                        "insert into vault.kek (kek_id, seal, state) values (?, ?, ?)"
                                + " on conflict (kek_id) do nothing")) {
            insert.setString(1, id);
            insert.setBytes(2, seal);
            insert.setString(3, state);
            insert.executeUpdate();
        }
    }

    private static byte[] seal(Kek kek, String id) {
        try {
            return kek.wrap(id, KNOWN, name(id));
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    static Set<String> all(Connection connection) throws SQLException {
        var ids = new HashSet<String>();
        try (var statement = connection.createStatement();
                var rows = statement.executeQuery("select kek_id from vault.kek")) {
            while (rows.next()) {
                ids.add(rows.getString(1));
            }
        }
        return ids;
    }

    /// @throws VaultRefusedException when the file lacks a key that is in use, or has another one
    ///   under its id
    static void requireAll(Connection connection, Kek kek, KekFile file) throws SQLException {
        String used =
                """
                select kek_id, seal from vault.kek k
                where state = 'primary'
                   or exists (select from vault.data_key d where d.kek_id = k.kek_id and d.state = 'active')
                """;
        try (var statement = connection.createStatement();
                var rows = statement.executeQuery(used)) {
            while (rows.next()) {
                require(rows.getString(1), rows.getBytes(2), kek, file);
            }
        }
    }

    static void require(String id, byte[] seal, Kek kek, KekFile file) {
        if (!kek.ids().contains(id)) {
            throw new VaultRefusedException(
                    "the vault is locked with the key-encryption key %s and %s has only %s: it belongs to another vault, or is older than the last rotation. Put back the right file; nothing was changed"
                            .formatted(id, file, String.join(", ", kek.ids())));
        }
        try {
            kek.unwrap(id, seal, name(id));
        } catch (GeneralSecurityException another) {
            throw new VaultRefusedException(
                    "%s has another key under the id %s than the one that locks the vault: put back the right file; nothing was changed"
                            .formatted(file, id));
        }
    }

    private static byte[] name(String id) {
        return ("kek/" + id).getBytes(StandardCharsets.UTF_8);
    }
}
