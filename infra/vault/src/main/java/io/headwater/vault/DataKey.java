package io.headwater.vault;

import com.google.crypto.tink.subtle.AesGcmJce;
import java.security.GeneralSecurityException;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/// A key that values are sealed with, usable. AES-256-GCM with a random nonce for each value.
public final class DataKey {

    public static final int BYTES = 32;

    private static final String HMAC = "HmacSHA256";

    private final String kid;
    private final byte[] material;
    private final AesGcmJce cipher;

    /// @param kid its id
    /// @param material [#BYTES] random bytes
    public DataKey(String kid, byte[] material) throws GeneralSecurityException {
        this.kid = kid;
        this.material = material;
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

    /// HMAC-SHA256. A key that this is called on seals nothing.
    byte[] mac(byte[] text) {
        try {
            var mac = Mac.getInstance(HMAC);
            mac.init(new SecretKeySpec(material, HMAC));
            return mac.doFinal(text);
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /// Without the key, so that it may be logged.
    @Override
    public String toString() {
        return "DataKey[" + kid + "]";
    }
}
