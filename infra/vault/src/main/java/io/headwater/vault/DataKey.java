package io.headwater.vault;

import com.google.crypto.tink.subtle.AesGcmJce;
import java.security.GeneralSecurityException;

/// A key that values are sealed with, usable. AES-256-GCM with a random nonce for each value.
public final class DataKey {

    static final int BYTES = 32;

    private final String kid;
    private final AesGcmJce cipher;

    DataKey(String kid, byte[] material) throws GeneralSecurityException {
        this.kid = kid;
        this.cipher = new AesGcmJce(material);
    }

    /// Its id, which every value that it sealed names.
    public String kid() {
        return kid;
    }

    byte[] encrypt(byte[] value, byte[] place) throws GeneralSecurityException {
        return cipher.encrypt(value, place);
    }

    byte[] decrypt(byte[] sealed, byte[] place) throws GeneralSecurityException {
        return cipher.decrypt(sealed, place);
    }

    /// Without the key, so that it may be logged.
    @Override
    public String toString() {
        return "DataKey[" + kid + "]";
    }
}
