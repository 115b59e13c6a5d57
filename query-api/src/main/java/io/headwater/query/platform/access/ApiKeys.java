package io.headwater.query.platform.access;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/// Tells the role of a key. Keeps hashes, compares in constant time.
@Component
class ApiKeys {
    private static final Logger log = LoggerFactory.getLogger(ApiKeys.class);

    private final Map<Role, byte[]> hashes = new EnumMap<>(Role.class);

    ApiKeys(AccessSettings settings) {
        add(Role.ADMIN, settings.adminApiKey());
        add(Role.MARKETING, settings.marketingApiKey());
        if (!hashes.containsKey(Role.ADMIN)) {
            log.atWarn()
                    .addKeyValue("setting", "headwater.access.admin-api-key")
                    .log("no admin key is set: nobody can sign in as admin");
        }
    }

    /// Looks at every key, so that the time taken tells nothing.
    Optional<Role> roleOf(String key) {
        byte[] presented = sha256(key);
        Role found = null;
        for (var entry : hashes.entrySet()) {
            if (MessageDigest.isEqual(entry.getValue(), presented) && found == null) {
                found = entry.getKey();
            }
        }
        return Optional.ofNullable(found);
    }

    private void add(Role role, String key) {
        if (!key.isBlank()) {
            hashes.put(role, sha256(key));
        }
    }

    private static byte[] sha256(String text) {
        try {
            return MessageDigest.getInstance("SHA-256")
                    .digest(text.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
