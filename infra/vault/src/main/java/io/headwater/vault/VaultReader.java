package io.headwater.vault;

import com.zaxxer.hikari.HikariDataSource;
import java.time.Duration;
import java.util.Collection;
import java.util.Map;

/// The vault as those use it who open what others sealed. Nothing is asked before a key is needed,
/// so it is there before the vault is.
public final class VaultReader implements KeySource, AutoCloseable {

    private static final Duration CONNECT_LIMIT = Duration.ofSeconds(2);
    private static final Duration STATEMENT_LIMIT = Duration.ofSeconds(10);

    /// The names of a site need one, once.
    private static final int SPARE_KEYS = 1;

    private final HikariDataSource connections;
    private final Transactions transactions;
    private final DataKeys keys;
    private final Duration life;
    private volatile boolean made;

    /// @param application what the server calls its connections
    /// @param life how long a key is remembered; for so long it still reads what was erased
    public VaultReader(VaultLogin login, String application, Duration life) {
        this.life = life;
        connections = login.connections(application, CONNECT_LIMIT, STATEMENT_LIMIT, 4);
        transactions = new Transactions(connections);
        keys =
                new DataKeys(
                        new KeyVault(connections, KekFile.at(login.kek())),
                        SPARE_KEYS,
                        STATEMENT_LIMIT,
                        life);
    }

    @Override
    public KeyState find(String kid) {
        return keys.find(kid);
    }

    @Override
    public Map<String, KeyState> findAll(Collection<String> kids) {
        return keys.findAll(kids);
    }

    /// Does not wait for a vault that is away.
    public PersonalKeys personal() {
        return new PersonalKeys(this);
    }

    /// Waits a while for a vault that is away.
    public PersonalKeys patient() {
        return new PersonalKeys(Patience.of(this));
    }

    /// Waits a while for a vault that is away.
    public BlindIndex blindIndex() {
        return new BlindIndex(
                site -> Patience.ask(() -> keys.of(new Owner(BlindIndex.PURPOSE, site))));
    }

    /// Whether command-api has made the vault. Until then nobody can have been forgotten.
    ///
    /// @throws VaultUnavailableException when the database does not answer
    public boolean isMade() {
        if (!made) {
            made =
                    transactions.call(connection -> {
                        try (var select =
                                        connection.prepareStatement(
                                                "select to_regclass('vault.erase_step') is not null");
                                var row = select.executeQuery()) {
                            return row.next() && row.getBoolean(1);
                        }
                    });
        }
        return made;
    }

    /// Steps of erasures that are to be done by who reads.
    public Erasures erasures() {
        return new Erasures(connections);
    }

    /// What is asked about things whose time is over.
    public RetentionRuns retentionRuns() {
        return new RetentionRuns(connections);
    }

    /// Sessions of which nothing is to be kept any more.
    public ErasedSessions erasedSessions() {
        return new ErasedSessions(connections);
    }

    /// How long a key is remembered.
    public Duration life() {
        return life;
    }

    @Override
    public void close() {
        connections.close();
    }
}
