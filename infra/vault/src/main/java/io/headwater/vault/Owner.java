package io.headwater.vault;

/// Whose data a key seals: who erases a subject destroys all keys of it.
///
/// @param purpose kind of the subject, for example `source`
/// @param subject its id; never an address or a name, since the vault keeps it after the erasure
public record Owner(String purpose, String subject) {}
