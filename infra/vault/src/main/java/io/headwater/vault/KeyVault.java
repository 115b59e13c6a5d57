package io.headwater.vault;

import io.headwater.schema.Ids;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.jspecify.annotations.Nullable;

/// Data keys in the schema `vault`, wrapped by the key-encryption key of a file.
///
///     created ──► active ──► erased        any other id: absent, AbsentKeyException;
///                                          given up by an operator: erased
///
/// An erased key keeps its row without key material and never becomes active again. Every method
/// throws [VaultUnavailableException] when the database does not answer, and those that need the
/// key-encryption key [VaultRefusedException] when the file does not have it.
public final class KeyVault {

    public static final String SCHEMA = "vault";

    /// Role that owns the schema; nobody else may read it.
    public static final String ROLE = "headwater_vault";

    /// Several instances may have made keys in one millisecond.
    private static final int MOST_AT_ONCE = 1_000;

    private static final SecureRandom RANDOM = new SecureRandom();

    private final DataSource database;
    private final Transactions transactions;
    private final KekFile file;
    private volatile @Nullable Kek kek;

    /// @param database logs in as the owner of the schema `vault`
    public KeyVault(DataSource database, KekFile file) {
        this.database = database;
        this.transactions = new Transactions(database);
        this.file = file;
    }

    /// Brings the schema to what this version needs and proves that the file has the right key; the
    /// first time, that makes the key. To be called before anything else, by as many as like to.
    public void open() {
        migrate();
        transactions.call(connection -> {
            KekTable.lock(connection);
            if (KekTable.primary(connection).isEmpty()) {
                begin(connection);
            }
            if (!file.exists()) {
                throw new VaultRefusedException(
                        "the vault is locked with a key-encryption key, and %s is missing: put it back from its backup. Without it nothing that is sealed can be read; nothing was changed"
                                .formatted(file));
            }
            var found = file.read();
            KekTable.requireAll(connection, found, file);
            kek = found;
            return true;
        });
    }

    /// A new vault, with the key that is there, or with a new one. After a crash between the file
    /// and the commit, the file is there.
    private void begin(Connection connection) throws SQLException {
        var first = file.exists() ? file.read() : file.create();
        KekTable.makePrimary(connection, first, first.primary());
    }

    /// Only the tables.
    void migrate() {
        transactions.run("select 1");
        try {
            Flyway.configure(KeyVault.class.getClassLoader())
                    .dataSource(database)
                    .locations("classpath:db/vault")
                    .defaultSchema(SCHEMA)
                    .createSchemas(true)
                    .callbacks(new UnhurriedMigrations())
                    .load()
                    .migrate();
        } catch (FlywayException fault) {
            throw new VaultUnavailableException(fault);
        }
    }

    /// Makes keys; when it returns, they are committed.
    public List<DataKey> create(int count) {
        return transactions.call(connection -> {
            String primary =
                    KekTable.primaryKept(connection)
                            .orElseThrow(
                                    () -> new VaultRefusedException("the vault was never opened"));
            var wrapping = holding(primary);
            var made = new ArrayList<DataKey>();
            var now = Instant.now();
            String[] kids = new String[count];
            byte[][] wrapped = new byte[count][];
            try {
                for (int i = 0; i < count; i++) {
                    kids[i] = Ids.next(now, RANDOM);
                    byte[] material = new byte[DataKey.BYTES];
                    RANDOM.nextBytes(material);
                    wrapped[i] = wrapping.wrap(primary, material, name(kids[i]));
                    made.add(new DataKey(kids[i], material));
                }
            } catch (GeneralSecurityException broken) {
                throw new IllegalStateException(broken);
            }
            try (var insert =
                    connection.prepareStatement(
                            """
                            insert into vault.data_key (kid, wrapped, kek_id, state)
                            select kid, wrapped, ?, 'active' from unnest(?, ?) as made (kid, wrapped)
                            """)) {
                insert.setString(1, primary);
                insert.setArray(2, connection.createArrayOf("text", kids));
                insert.setArray(3, connection.createArrayOf("bytea", wrapped));
                insert.executeUpdate();
            }
            return made;
        });
    }

    /// @throws AbsentKeyException when it has never known this key
    public KeyState find(String kid) {
        return transactions.call(connection -> {
            try (var select =
                    connection.prepareStatement(
                            "select kid, wrapped, kek_id, erased_at from vault.data_key where kid = ?")) {
                select.setString(1, kid);
                var known = state(select);
                return known.isPresent() ? known.get() : lost(connection, kid);
            }
        });
    }

    /// @throws AbsentKeyException when it has never known one of them
    public Map<String, KeyState> findAll(Collection<String> kids) {
        return transactions.call(connection -> {
            var found = new HashMap<String, KeyState>();
            try (var select =
                    connection.prepareStatement(
                            "select kid, wrapped, kek_id, erased_at from vault.data_key where kid = any (?)")) {
                select.setArray(1, Columns.texts(connection, kids));
                try (var rows = select.executeQuery()) {
                    while (rows.next()) {
                        found.put(rows.getString(1), state(rows));
                    }
                }
            }
            for (String kid : kids) {
                if (!found.containsKey(kid)) {
                    found.put(kid, lost(connection, kid));
                }
            }
            return found;
        });
    }

    /// Active keys that were made in the same commit, this one among them unless it was erased.
    ///
    /// @param made of the id of one of them
    Map<String, KeyState> madeAt(Instant made) {
        long millis = made.toEpochMilli() << 16;
        return transactions.call(connection -> {
            try (var select =
                    connection.prepareStatement(
                            """
                            select kid, wrapped, kek_id, erased_at from vault.data_key
                            where kid between ? and ? and state = 'active'
                            limit ?
                            """)) {
                // Of the same length and form, so that they sort alike in every collation.
                select.setString(1, new UUID(millis | 0x7000, Long.MIN_VALUE).toString());
                select.setString(2, new UUID(millis | 0x7FFF, 0xBFFF_FFFF_FFFF_FFFFL).toString());
                select.setInt(3, MOST_AT_ONCE);
                var found = new HashMap<String, KeyState>();
                try (var rows = select.executeQuery()) {
                    while (rows.next()) {
                        found.put(rows.getString(1), state(rows));
                    }
                }
                return found;
            }
        });
    }

    /// Of a key that the vault does not have: whether an operator gave it up. Its id tells when it
    /// was made.
    ///
    /// @throws AbsentKeyException when nobody did
    private static KeyState lost(Connection connection, String kid) throws SQLException {
        var made = Ids.madeAt(kid).orElseThrow(() -> new AbsentKeyException(kid));
        try (var select =
                connection.prepareStatement(
                        "select max(told_at) from vault.lost where ? between since and until")) {
            select.setTimestamp(1, Timestamp.from(made));
            try (var row = select.executeQuery()) {
                row.next();
                var told = row.getTimestamp(1);
                if (told == null) {
                    throw new AbsentKeyException(kid);
                }
                return new KeyState.Erased(told.toInstant());
            }
        }
    }

    /// Says that keys which were made since, and are not here, do not come back: what was sealed
    /// with them reads as erased, instead of stopping whoever reads.
    ///
    /// @param since time of the newest backup
    /// @throws VaultRefusedException when that lies ahead
    public void giveUp(Instant since) {
        migrate();
        var now = Instant.now();
        if (!since.isBefore(now)) {
            throw new VaultRefusedException(since + " lies ahead; nothing was changed");
        }
        transactions.call(connection -> {
            try (var insert =
                    connection.prepareStatement(
                            "insert into vault.lost (since, until) values (?, ?) on conflict do nothing")) {
                insert.setTimestamp(1, Timestamp.from(since));
                insert.setTimestamp(2, Timestamp.from(now));
                return insert.executeUpdate();
            }
        });
    }

    /// @return the key of an owner; the fence when all of its keys were erased; empty when it has
    ///   none
    public Optional<KeyState> of(Owner owner) {
        return transactions.call(connection -> of(connection, owner));
    }

    private Optional<KeyState> of(Connection connection, Owner owner) throws SQLException {
        try (var select =
                connection.prepareStatement(
                        """
                        select kid, wrapped, kek_id, erased_at from vault.data_key
                        where purpose = ? and subject = ? order by state, created_at limit 1
                        """)) {
            select.setString(1, owner.purpose());
            select.setString(2, owner.subject());
            return state(select);
        }
    }

    private Optional<KeyState> state(PreparedStatement select) throws SQLException {
        try (var rows = select.executeQuery()) {
            return rows.next() ? Optional.of(state(rows)) : Optional.empty();
        }
    }

    private KeyState state(ResultSet row) throws SQLException {
        byte[] wrapped = row.getBytes(2);
        return wrapped == null
                ? new KeyState.Erased(row.getTimestamp(4).toInstant())
                : new KeyState.Active(unwrapped(row.getString(1), wrapped, row.getString(3)));
    }

    private DataKey unwrapped(String kid, byte[] wrapped, String kekId) {
        try {
            return new DataKey(kid, holding(kekId).unwrap(kekId, wrapped, name(kid)));
        } catch (GeneralSecurityException broken) {
            throw new VaultRefusedException(
                    "the data key %s cannot be unwrapped: its row was changed".formatted(kid));
        }
    }

    /// Gives a key that is nobody's to an owner.
    ///
    /// @return the key of the owner: this one, or the one it has had
    /// @throws ErasedSubjectException when its keys were erased
    public DataKey assign(DataKey key, Owner owner) {
        return transactions.call(connection -> {
            try (var lock =
                    connection.prepareStatement(
                            "select pg_advisory_xact_lock(hashtextextended(?, 0))")) {
                lock.setString(1, owner.purpose() + "/" + owner.subject());
                lock.execute();
            }
            var known = of(connection, owner);
            if (known.isPresent()) {
                return switch (known.get()) {
                    case KeyState.Active(DataKey older) -> older;
                    case KeyState.Erased _ -> throw new ErasedSubjectException(owner);
                };
            }
            try (var update =
                    connection.prepareStatement(
                            """
                            update vault.data_key set purpose = ?, subject = ?
                            where kid = ? and subject is null and state = 'active'
                            """)) {
                update.setString(1, owner.purpose());
                update.setString(2, owner.subject());
                update.setString(3, key.kid());
                if (update.executeUpdate() != 1) {
                    throw new IllegalStateException(key + " is not free");
                }
            }
            return key;
        });
    }

    /// Destroys all keys of an owner and leaves their fences.
    ///
    /// @return the keys that were destroyed now
    public List<String> erase(Owner owner) {
        var erased =
                transactions.call(connection -> {
                    var kids = new ArrayList<String>();
                    try (var select =
                            connection.prepareStatement(
                                    """
                                    select kid from vault.data_key
                                    where purpose = ? and subject = ? and state = 'active'
                                    """)) {
                        select.setString(1, owner.purpose());
                        select.setString(2, owner.subject());
                        try (var rows = select.executeQuery()) {
                            while (rows.next()) {
                                kids.add(rows.getString(1));
                            }
                        }
                    }
                    return fence(connection, kids, owner);
                });
        // What was wrapped stands in the pages of the table until then.
        transactions.run("vacuum vault.data_key");
        return erased;
    }

    /// Destroys keys, and writes a line in the ledger for each. One that is not here, because it
    /// was lost, gets its fence all the same: a backup must not bring it back.
    ///
    /// @param owner for whom
    /// @return the keys that were destroyed now
    static List<String> fence(Connection connection, Collection<String> kids, Owner owner)
            throws SQLException {
        var fenced = new ArrayList<String>();
        try (var update =
                connection.prepareStatement(
                        """
                        with gone as (
                            insert into vault.data_key (kid, state, purpose, subject, erased_at)
                            select kid, 'erased', ?, ?, now() from unnest(?) as told (kid)
                            on conflict (kid) do update
                            set state = 'erased', wrapped = null, kek_id = null, erased_at = now()
                            where data_key.state = 'active'
                            returning kid, erased_at)
                        insert into vault.erasure (kid, purpose, subject, at)
                        select kid, ?, ?, erased_at from gone
                        returning kid
                        """)) {
            update.setString(1, owner.purpose());
            update.setString(2, owner.subject());
            update.setArray(3, Columns.texts(connection, kids));
            update.setString(4, owner.purpose());
            update.setString(5, owner.subject());
            try (var rows = update.executeQuery()) {
                while (rows.next()) {
                    fenced.add(rows.getString(1));
                }
            }
        }
        return fenced;
    }

    /// The keys of the file, with this one among them: read again when it was rotated meanwhile.
    private Kek holding(String kekId) {
        var known = kek;
        if (known == null || !known.ids().contains(kekId)) {
            known = file.read();
            kek = known;
        }
        if (!known.ids().contains(kekId)) {
            throw new VaultRefusedException(
                    "the vault was rotated to the key-encryption key %s, and %s does not have it: put the new file there"
                            .formatted(kekId, file));
        }
        return known;
    }

    static byte[] name(String kid) {
        return ("key/" + kid).getBytes(StandardCharsets.UTF_8);
    }

    KekFile file() {
        return file;
    }

    Transactions transactions() {
        return transactions;
    }
}
