package io.headwater.vault;

import io.headwater.events.Pii;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.Optional;

/// Seals a value for one place, and opens it there.
///
/// `alg` is `A256GCM`, `kid` the data key, `data` a byte with the version of this form, 12 bytes of
/// nonce, the ciphertext, 16 bytes of tag. Version and place are authenticated and not kept: who
/// reads knows where the value stands.
public final class Envelope {

    /// AES-256 in Galois/Counter Mode, as JOSE names it.
    public static final String ALGORITHM = "A256GCM";

    private static final int VERSION = 1;

    private Envelope() {}

    public static Pii seal(String value, DataKey key, Place place) {
        try {
            byte[] sealed =
                    key.encrypt(value.getBytes(StandardCharsets.UTF_8), place.bytes(VERSION));
            var data = ByteBuffer.allocate(1 + sealed.length).put((byte) VERSION).put(sealed);
            return new Pii(ALGORITHM, key.kid(), data.flip());
        } catch (GeneralSecurityException refused) {
            throw new IllegalStateException("nothing can be sealed with " + key, refused);
        }
    }

    /// Whether it is sealed by an algorithm, and not only marked as personal (`none`).
    public static boolean isSealed(Pii value) {
        return !"none".equals(value.getAlg());
    }

    /// @param state of the key that the value names
    /// @return empty: erased
    /// @throws BrokenSealException when it was changed, or stands somewhere else than it was sealed
    ///   for
    public static Optional<String> open(Pii value, KeyState state, Place place) {
        if (!ALGORITHM.equals(value.getAlg())) {
            throw new BrokenSealException("sealed by unknown algorithm " + value.getAlg());
        }
        return switch (state) {
            case KeyState.Active(DataKey key) -> Optional.of(opened(value, key, place));
            case KeyState.Erased _ -> Optional.empty();
        };
    }

    private static String opened(Pii value, DataKey key, Place place) {
        var buffer = value.getData().duplicate();
        byte[] data = new byte[buffer.remaining()];
        buffer.get(data);
        if (data.length == 0 || data[0] != VERSION) {
            throw new BrokenSealException(
                    "a value sealed with " + value.getKid() + " has a form that is not known");
        }
        try {
            byte[] open =
                    key.decrypt(Arrays.copyOfRange(data, 1, data.length), place.bytes(VERSION));
            return new String(open, StandardCharsets.UTF_8);
        } catch (GeneralSecurityException broken) {
            // The cause says nothing that is of use, and may say something of the value.
            throw new BrokenSealException(
                    "a value sealed with %s was changed, or does not stand where it was sealed for: %s"
                            .formatted(value.getKid(), place));
        }
    }
}
