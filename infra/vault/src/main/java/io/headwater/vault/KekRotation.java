package io.headwater.vault;

import java.security.GeneralSecurityException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/// Changes the key-encryption key while others read and make data keys.
///
/// 1. the new key is added to the file; 2. the vault makes it the primary one; 3. data keys are
///    wrapped anew, a batch in a transaction; 4. when none is left, the older keys leave the file.
///    Ended anywhere, the next call goes on from there. Nothing that is sealed is touched.
public final class KekRotation {

    private static final int BATCH = 500;

    private final KeyVault vault;
    private final KekFile file;
    private final Transactions transactions;
    private final int batch;

    public KekRotation(KeyVault vault) {
        this(vault, BATCH);
    }

    /// @param batch most keys in one transaction
    KekRotation(KeyVault vault, int batch) {
        this.vault = vault;
        this.file = vault.file();
        this.transactions = vault.transactions();
        this.batch = batch;
    }

    /// @param kekId the key that wraps everything now
    /// @param rewrapped how many data keys this call wrapped anew
    /// @param resumed whether it went on with a rotation that had been ended before
    public record Result(String kekId, int rewrapped, boolean resumed) {}

    private record Target(Kek keys, String id, boolean resumed) {}

    private record Wrapped(String kid, byte[] bytes, String kekId) {}

    /// @throws VaultRefusedException when the file does not have the keys in use
    public Result run() {
        vault.open();
        var target = transactions.call(this::begin);
        int rewrapped = 0;
        int some;
        do {
            some = transactions.call(connection -> rewrap(connection, target));
            rewrapped += some;
        } while (some > 0);
        transactions.call(connection -> end(connection, target));
        return new Result(target.id(), rewrapped, target.resumed());
    }

    private Target begin(Connection connection) throws SQLException {
        KekTable.lock(connection);
        String primary = KekTable.primary(connection).orElseThrow();
        var keys = file.read();
        var known = KekTable.all(connection);
        boolean unfinished =
                keys.ids().stream().anyMatch(id -> known.contains(id) && !id.equals(primary))
                        || waiting(connection, primary);
        if (unfinished) {
            return new Target(keys, primary, true);
        }
        // Added by a rotation that was ended before the vault knew of it, or added now.
        boolean added = !known.contains(keys.primary());
        try {
            if (!added) {
                keys = keys.withNew();
                file.write(keys);
            }
        } catch (GeneralSecurityException broken) {
            throw new IllegalStateException(broken);
        }
        KekTable.makePrimary(connection, keys, keys.primary());
        return new Target(keys, keys.primary(), added);
    }

    private static boolean waiting(Connection connection, String primary) throws SQLException {
        try (var select =
                connection.prepareStatement(
                        "select exists (select from vault.data_key where state = 'active' and kek_id <> ?)")) {
            select.setString(1, primary);
            try (var rows = select.executeQuery()) {
                rows.next();
                return rows.getBoolean(1);
            }
        }
    }

    private int rewrap(Connection connection, Target target) throws SQLException {
        var some = some(connection, target.id());
        try (var update =
                connection.prepareStatement(
                        "update vault.data_key set wrapped = ?, kek_id = ? where kid = ?")) {
            for (var one : some) {
                byte[] name = KeyVault.name(one.kid());
                byte[] material = target.keys().unwrap(one.kekId(), one.bytes(), name);
                update.setBytes(1, target.keys().wrap(target.id(), material, name));
                update.setString(2, target.id());
                update.setString(3, one.kid());
                update.addBatch();
            }
            update.executeBatch();
        } catch (GeneralSecurityException broken) {
            throw new VaultRefusedException("a data key cannot be unwrapped", broken);
        }
        return some.size();
    }

    private List<Wrapped> some(Connection connection, String target) throws SQLException {
        var some = new ArrayList<Wrapped>();
        try (var select =
                connection.prepareStatement(
                        """
                        select kid, wrapped, kek_id from vault.data_key
                        where state = 'active' and kek_id <> ? order by kid limit ? for update
                        """)) {
            select.setString(1, target);
            select.setInt(2, batch);
            try (var rows = select.executeQuery()) {
                while (rows.next()) {
                    some.add(new Wrapped(rows.getString(1), rows.getBytes(2), rows.getString(3)));
                }
            }
        }
        return some;
    }

    /// Under the lock, so that no other rotation has added one meanwhile.
    private boolean end(Connection connection, Target target) throws SQLException {
        KekTable.lock(connection);
        boolean still = KekTable.primary(connection).orElseThrow().equals(target.id());
        if (!still || waiting(connection, target.id())) {
            return false;
        }
        try {
            file.write(file.read().only(target.id()::equals, target.id()));
        } catch (GeneralSecurityException broken) {
            throw new IllegalStateException(broken);
        }
        return true;
    }
}
