package io.headwater.command;

import io.headwater.command.platform.vault.NamesOfPeople;
import io.headwater.command.platform.vault.RecordSealer;
import io.headwater.vault.BlindIndex;
import io.headwater.vault.DataKey;
import io.headwater.vault.KeySource;
import io.headwater.vault.KeyState;
import io.headwater.vault.PersonalKeys;
import io.headwater.vault.VaultUnavailableException;
import java.security.GeneralSecurityException;
import java.util.HashMap;
import java.util.Map;

/// Keys without a vault, for tests of what uses them.
public final class TestVaultKeys implements KeySource {

    private final Map<String, KeyState> keys = new HashMap<>();
    private boolean empty;

    /// The names that people have without a vault; data that is not sealed opens.
    public static NamesOfPeople names() {
        return new TestVaultKeys().people();
    }

    public NamesOfPeople people() {
        var index = key("blind-index", 1);
        return new NamesOfPeople(new PersonalKeys(this), new BlindIndex(_ -> index));
    }

    public RecordSealer sealer() {
        return new RecordSealer(this, this::take, _ -> take(), _ -> false, System::nanoTime);
    }

    public synchronized DataKey take() {
        if (empty) {
            throw new VaultUnavailableException("empty");
        }
        var key = key("k" + keys.size(), keys.size());
        keys.put(key.kid(), new KeyState.Active(key));
        return key;
    }

    public synchronized int taken() {
        return keys.size();
    }

    public synchronized void empty() {
        empty = true;
    }

    @Override
    public synchronized KeyState find(String kid) {
        var known = keys.get(kid);
        if (known == null) {
            throw new VaultUnavailableException("no key " + kid);
        }
        return known;
    }

    private static DataKey key(String kid, int seed) {
        try {
            byte[] material = new byte[DataKey.BYTES];
            material[0] = (byte) seed;
            return new DataKey(kid, material);
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
