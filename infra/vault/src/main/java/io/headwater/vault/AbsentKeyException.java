package io.headwater.vault;

/// A value names a key that the vault has never seen: not erased, which the vault would know, but
/// lost, as after the restore of an old backup. Whoever reads stops here; to go on would blank what
/// is still wanted.
public final class AbsentKeyException extends RuntimeException {

    AbsentKeyException(String kid) {
        super(
                "the vault does not know the data key "
                        + kid
                        + ": it is not erased, it is missing. Restore the newest backup of the vault, and give up what was made after it (docs/vault.md)");
    }
}
