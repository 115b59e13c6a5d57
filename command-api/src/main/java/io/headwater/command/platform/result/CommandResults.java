package io.headwater.command.platform.result;

import io.headwater.events.command.CommandResult;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/// The answers of the deciders to commands, seen by every instance.
public interface CommandResults {

    /// Call it before the command is produced, or the answer may pass unseen.
    ///
    /// @return completes when the result is seen; never fails and has no limit of its own: apply
    ///   `orTimeout`, and [#forget] when giving up
    CompletableFuture<CommandResult> expect(String commandId);

    /// Nobody waits any more; its status is still told.
    void forget(String commandId);

    /// @return the result, if it was decided within the horizon that this instance keeps
    Optional<CommandResult> find(String commandId);
}
