package io.headwater.command.platform.directory;

import java.util.concurrent.CompletableFuture;

/// How far the directory of this instance has read: who changes something waits for it, and can
/// then use what they made at once.
public interface DirectoryProgress {

    /// @return completes when [AccessDirectory#ready] for the first time
    CompletableFuture<Void> caughtUp();

    /// @param version sequence of a site's event, from the command's result
    /// @return completes when the directory has seen it; no limit of its own
    CompletableFuture<Void> seen(String siteId, long version);
}
