package io.headwater.command.platform.web.limit;

import java.time.Instant;
import java.util.OptionalLong;

/// The counter that the instances share.
interface Leases {

    /// Adds to what is handed out of one window.
    ///
    /// @param subject unique over all kinds; 1..100 characters
    /// @param units to be added
    /// @return all that is handed out now, these included; empty when the store is away
    OptionalLong add(String subject, Instant start, Instant end, long units);
}
