package io.headwater.vault;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/// Names by which personal data is found again without being there: HMAC-SHA256 with a key of the
/// site, which is in the vault and not in the log. Whoever has a store and not the key cannot try
/// addresses or phone numbers out.
///
/// A name stands for the person all the same: it belongs into stores that can be erased, and not
/// into events; but for lists of who must not be contacted, which outlive the person.
public final class BlindIndex {

    /// Purpose of the keys.
    public static final String PURPOSE = "blind-index";

    private final Function<String, DataKey> keys;
    private final Map<String, DataKey> known = new ConcurrentHashMap<>();

    /// @param keys the key of a site, always the same
    public BlindIndex(Function<String, DataKey> keys) {
        this.keys = keys;
    }

    /// The key by which the names of a site are made: other keys make other names.
    ///
    /// @throws VaultUnavailableException as below
    public String keyId(String site) {
        return known.computeIfAbsent(site, keys).kid();
    }

    /// @param text the same for what is to be the same
    /// @return 256 bits in base64url
    /// @throws VaultUnavailableException when the key of the site was never needed here and the
    ///   vault is away
    public String name(String site, String text) {
        var key = known.computeIfAbsent(site, keys);
        return Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(key.mac(text.getBytes(StandardCharsets.UTF_8)));
    }
}
