package io.headwater.vault;

import com.google.crypto.tink.Aead;
import com.google.crypto.tink.InsecureSecretKeyAccess;
import com.google.crypto.tink.KeysetHandle;
import com.google.crypto.tink.RegistryConfiguration;
import com.google.crypto.tink.TinkJsonProtoKeysetFormat;
import com.google.crypto.tink.aead.AeadConfig;
import com.google.crypto.tink.aead.PredefinedAeadParameters;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/// Key-encryption keys as they were read at one time: each wraps data keys under its id. Which one
/// wraps new ones is for the vault to say, not for the keyset.
final class Kek {

    /// Told to whoever locks the keyset, who opens it for nothing else.
    private static final byte[] LOCKED =
            "headwater key-encryption keys".getBytes(StandardCharsets.UTF_8);

    private final KeysetHandle keyset;
    private final Map<String, Aead> byId;

    private Kek(KeysetHandle keyset) throws GeneralSecurityException {
        this.keyset = keyset;
        var each = new HashMap<String, Aead>();
        for (int i = 0; i < keyset.size(); i++) {
            var entry = keyset.getAt(i);
            var alone =
                    KeysetHandle.newBuilder()
                            .addEntry(
                                    KeysetHandle.importKey(entry.getKey())
                                            .withFixedId(entry.getId())
                                            .makePrimary())
                            .build();
            each.put(id(entry), alone.getPrimitive(RegistryConfiguration.get(), Aead.class));
        }
        byId = Map.copyOf(each);
    }

    static Kek generate() throws GeneralSecurityException {
        AeadConfig.register();
        return new Kek(
                KeysetHandle.newBuilder()
                        .addEntry(
                                KeysetHandle.generateEntryFromParameters(
                                                PredefinedAeadParameters.AES256_GCM)
                                        .withRandomId()
                                        .makePrimary())
                        .build());
    }

    /// @param json a keyset of Tink, in clear
    static Kek parse(String json) throws GeneralSecurityException {
        AeadConfig.register();
        return new Kek(TinkJsonProtoKeysetFormat.parseKeyset(json, InsecureSecretKeyAccess.get()));
    }

    String json() throws GeneralSecurityException {
        return TinkJsonProtoKeysetFormat.serializeKeyset(keyset, InsecureSecretKeyAccess.get());
    }

    /// @param json as [#locked] made it
    /// @throws GeneralSecurityException when the lock is another one, or it was changed
    static Kek unlocked(String json, Aead lock) throws GeneralSecurityException {
        AeadConfig.register();
        return new Kek(TinkJsonProtoKeysetFormat.parseEncryptedKeyset(json, lock, LOCKED));
    }

    /// @return a keyset of Tink, encrypted by that key
    String locked(Aead lock) throws GeneralSecurityException {
        return TinkJsonProtoKeysetFormat.serializeEncryptedKeyset(keyset, lock, LOCKED);
    }

    /// The same keys and a new one, which comes first.
    Kek withNew() throws GeneralSecurityException {
        return new Kek(
                KeysetHandle.newBuilder(keyset)
                        .addEntry(
                                KeysetHandle.generateEntryFromParameters(
                                                PredefinedAeadParameters.AES256_GCM)
                                        .withRandomId()
                                        .makePrimary())
                        .build());
    }

    /// @param primary one of them
    Kek only(Predicate<String> wanted, String primary) throws GeneralSecurityException {
        var fewer = KeysetHandle.newBuilder();
        for (int i = 0; i < keyset.size(); i++) {
            var entry = keyset.getAt(i);
            if (wanted.test(id(entry))) {
                var kept = KeysetHandle.importKey(entry.getKey()).withFixedId(entry.getId());
                fewer.addEntry(id(entry).equals(primary) ? kept.makePrimary() : kept);
            }
        }
        return new Kek(fewer.build());
    }

    private static String id(KeysetHandle.Entry entry) {
        return String.format(Locale.ROOT, "%08x", entry.getId());
    }

    String primary() {
        return id(keyset.getPrimary());
    }

    Set<String> ids() {
        return byId.keySet();
    }

    /// @param name what is wrapped; it unwraps under this name only
    byte[] wrap(String id, byte[] material, byte[] name) throws GeneralSecurityException {
        return of(id).encrypt(material, name);
    }

    byte[] unwrap(String id, byte[] wrapped, byte[] name) throws GeneralSecurityException {
        return of(id).decrypt(wrapped, name);
    }

    private Aead of(String id) throws GeneralSecurityException {
        var one = byId.get(id);
        if (one == null) {
            throw new GeneralSecurityException("there is no key-encryption key " + id);
        }
        return one;
    }
}
