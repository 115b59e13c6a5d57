package io.headwater.command.platform.axon;

/// An entity as it stands.
///
/// @param version sequence of its newest event: 1 after the first
public record Folded<E>(E entity, long version) {}
