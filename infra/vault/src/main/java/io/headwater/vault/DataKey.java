package io.headwater.vault;

import com.google.crypto.tink.aead.internal.InsecureNonceAesGcmJce;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/// A key that values are sealed with, usable. AES-256-GCM with a random nonce for each value.
public final class DataKey {

    public static final int BYTES = 32;

    private static final String HMAC = "HmacSHA256";
    private static final int NONCE = InsecureNonceAesGcmJce.IV_SIZE_IN_BYTES;
    private static final SecureRandom RANDOM = new SecureRandom();

    private final String kid;
    private final byte[] material;
    private final InsecureNonceAesGcmJce cipher;

    /// @param kid its id
    /// @param material [#BYTES] random bytes
    public DataKey(String kid, byte[] material) throws GeneralSecurityException {
        this.kid = kid;
        this.material = material;
        this.cipher = new InsecureNonceAesGcmJce(material);
    }

    /// Its id, which every value that it sealed names.
    public String kid() {
        return kid;
    }

    /// The nonce is made here: Tink's own way sets a source of random numbers up for each thread,
    /// and every request has a thread of its own.
    ///
    /// @return nonce, ciphertext, tag
    byte[] encrypt(byte[] value, byte[] place) throws GeneralSecurityException {
        byte[] nonce = new byte[NONCE];
        RANDOM.nextBytes(nonce);
        byte[] sealed = cipher.encrypt(nonce, value, NONCE, place);
        System.arraycopy(nonce, 0, sealed, 0, NONCE);
        return sealed;
    }

    byte[] decrypt(byte[] sealed, byte[] place) throws GeneralSecurityException {
        if (sealed.length < NONCE) {
            throw new GeneralSecurityException("too short");
        }
        return cipher.decrypt(Arrays.copyOf(sealed, NONCE), sealed, NONCE, place);
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
