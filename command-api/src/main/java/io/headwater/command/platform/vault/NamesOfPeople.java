package io.headwater.command.platform.vault;

import io.headwater.vault.BlindIndex;
import io.headwater.vault.PersonalKeys;

/// What it takes to know people and their addresses again: their data in the clear, and names that
/// tell nothing.
///
/// @param data opens what identifies a person
/// @param index gives it a name for a store
public record NamesOfPeople(PersonalKeys data, BlindIndex index) {}
