package io.headwater.projectors.platform.sink;

import org.jspecify.annotations.Nullable;

/// How a sink is doing.
///
/// @param partitions claimed now; none while it waits for its turn
/// @param reason what it waits for or died of
public record SinkStatus(State state, int partitions, @Nullable String reason) {

    public enum State {
        /// Not assigned or claimed yet.
        STARTING,
        RUNNING,
        /// Postgres or Kafka is away, or another owner was faster: tries again by itself.
        WAITING,
        /// Somebody must act.
        STOPPED
    }
}
