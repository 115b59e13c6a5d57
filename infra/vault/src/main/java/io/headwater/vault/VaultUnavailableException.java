package io.headwater.vault;

/// The vault's database does not answer, or no key is left that it has confirmed: try again later.
public final class VaultUnavailableException extends RuntimeException {

    VaultUnavailableException(Throwable cause) {
        super("the vault does not answer: " + cause.getMessage(), cause);
    }

    public VaultUnavailableException(String message) {
        super(message);
    }
}
