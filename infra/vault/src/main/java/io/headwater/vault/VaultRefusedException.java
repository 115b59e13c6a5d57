package io.headwater.vault;

import org.jspecify.annotations.Nullable;

/// The vault cannot be used as things are, and trying again will not help: the key-encryption key
/// is missing or another one, a file is open to others. Nothing was changed.
public final class VaultRefusedException extends RuntimeException {

    VaultRefusedException(String message) {
        super(message);
    }

    VaultRefusedException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
