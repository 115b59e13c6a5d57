package io.headwater.vault;

import java.util.Collection;
import java.util.HashMap;
import java.util.Map;

/// Where those who open sealed values find keys.
public interface KeySource {

    /// @throws AbsentKeyException when the vault has never known this key
    /// @throws VaultUnavailableException when it is not at hand and the vault is away
    /// @throws VaultRefusedException when the key-encryption key is another one
    KeyState find(String kid);

    /// Many, where it can with one look-up; throws like [#find].
    default Map<String, KeyState> findAll(Collection<String> kids) {
        var found = new HashMap<String, KeyState>();
        kids.forEach(kid -> found.put(kid, find(kid)));
        return found;
    }
}
