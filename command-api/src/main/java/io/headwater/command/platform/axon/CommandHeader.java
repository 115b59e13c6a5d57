package io.headwater.command.platform.axon;

import java.time.Instant;

/// What the decider must know of any command before it looks inside.
///
/// @param key the record key that the command has to come under: its partition is its only writer
/// @param receivedAt the decider's clock
public record CommandHeader(String commandId, String key, Instant receivedAt) {}
