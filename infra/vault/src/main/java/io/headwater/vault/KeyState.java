package io.headwater.vault;

import java.time.Instant;

/// What the vault knows of a key that it knows; of others it throws [AbsentKeyException].
public sealed interface KeyState {

    record Active(DataKey key) implements KeyState {}

    /// The fence: whatever it sealed reads as erased, for ever.
    record Erased(Instant at) implements KeyState {}
}
