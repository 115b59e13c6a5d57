package io.headwater.command.platform.vault;

import com.zaxxer.hikari.HikariDataSource;
import io.headwater.command.platform.health.HealthPart;
import io.headwater.vault.DataKeys;
import io.headwater.vault.Erasures;
import io.headwater.vault.KekFile;
import io.headwater.vault.KeySource;
import io.headwater.vault.KeyState;
import io.headwater.vault.KeyVault;
import io.headwater.vault.Retention;
import io.headwater.vault.RetentionRuns;
import io.headwater.vault.VaultRefusedException;
import io.headwater.vault.VaultSettings;
import io.headwater.vault.VaultUnavailableException;
import java.time.Duration;
import java.util.Collection;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/// The vault, opened when the application starts. With a wrong key-encryption key it does not
/// start; while the database is away it does, and the vault is tried again beside it.
@Component
public final class Vault implements KeySource, SmartLifecycle, HealthPart {

    private static final Duration RETRY = Duration.ofSeconds(2);
    private static final Logger log = LoggerFactory.getLogger(Vault.class);

    private final VaultSettings settings;
    private final VaultLimits limits;
    private @Nullable HikariDataSource connections;
    private @Nullable Thread opening;
    private volatile @Nullable DataKeys keys;
    private volatile @Nullable Erasures erasures;
    private volatile boolean refused;

    Vault(VaultSettings settings, VaultLimits limits) {
        this.settings = settings;
        this.limits = limits;
    }

    /// @throws VaultUnavailableException until the vault is open
    public DataKeys keys() {
        var open = keys;
        if (open == null) {
            throw new VaultUnavailableException("the vault was not reached yet");
        }
        return open;
    }

    /// Who is to be forgotten.
    ///
    /// @throws VaultUnavailableException until the vault is open
    public Erasures erasures() {
        var open = erasures;
        if (open == null) {
            throw new VaultUnavailableException("the vault was not reached yet");
        }
        return open;
    }

    /// Keys whose time is over.
    ///
    /// @throws VaultUnavailableException until the vault is open
    public Retention retention() {
        return new Retention(database());
    }

    /// What is asked about what has had its time.
    ///
    /// @throws VaultUnavailableException until the vault is open
    public RetentionRuns retentionRuns() {
        return new RetentionRuns(database());
    }

    private synchronized HikariDataSource database() {
        var open = connections;
        if (open == null || keys == null) {
            throw new VaultUnavailableException("the vault was not reached yet");
        }
        return open;
    }

    @Override
    public KeyState find(String kid) {
        return keys().find(kid);
    }

    @Override
    public Map<String, KeyState> findAll(Collection<String> kids) {
        return keys().findAll(kids);
    }

    /// Whether it is open; it may be away all the same.
    public boolean isOpen() {
        return keys != null;
    }

    /// @throws VaultRefusedException when the key-encryption key is missing or another one
    @Override
    public synchronized void start() {
        var pool =
                settings.login()
                        .connections(
                                "headwater-command-api-vault",
                                limits.connectLimit(),
                                limits.statementLimit(),
                                limits.poolSize());
        connections = pool;
        var vault = new KeyVault(pool, KekFile.at(settings.kek()));
        var people = new Erasures(pool);
        if (!opened(vault, people, false)) {
            opening = Thread.ofVirtual().name("vault-open").start(() -> keepOpening(vault, people));
        }
    }

    private boolean opened(KeyVault vault, Erasures people, boolean told) {
        try {
            vault.open();
        } catch (VaultUnavailableException away) {
            if (!told) {
                log.atWarn()
                        .addKeyValue("reason", away.getMessage())
                        .log("vault not open yet, tried again");
            }
            return false;
        }
        var open = new DataKeys(vault, limits.spareKeys(), limits.takeLimit(), settings.keyLife());
        open.refillSoon();
        erasures = people;
        keys = open;
        return true;
    }

    private void keepOpening(KeyVault vault, Erasures people) {
        try {
            do {
                Thread.sleep(RETRY);
            } while (isRunning() && !opened(vault, people, true));
        } catch (InterruptedException stopped) {
            return;
        } catch (VaultRefusedException wrong) {
            refused = true;
            log.atError().addKeyValue("reason", wrong.getMessage()).log("vault refused");
        }
    }

    @Override
    public synchronized void stop() {
        keys = null;
        erasures = null;
        if (opening != null) {
            opening.interrupt();
            opening = null;
        }
        if (connections != null) {
            connections.close();
            connections = null;
        }
    }

    @Override
    public synchronized boolean isRunning() {
        return connections != null;
    }

    /// Before anything reads the sources, and until nothing does.
    @Override
    public int getPhase() {
        return Integer.MAX_VALUE - 30_000;
    }

    @Override
    public String name() {
        return "vault";
    }

    @Override
    public boolean up() {
        return isOpen();
    }

    /// What needs no secret goes on without; with a wrong key nothing gets better by itself.
    @Override
    public boolean required() {
        return refused;
    }
}
