package io.headwater.jobs.replay;

import org.jspecify.annotations.Nullable;

/// One object to write.
///
/// @param key its name in the bucket
/// @param session whose it is; null: nobody can read what it was made of
/// @param partition of the topic it came from
/// @param events how many events are in it; 0 for what describes a session
record ArchiveObject(String key, byte[] json, @Nullable String session, int partition, int events) {

    /// A record that nobody can read, kept as it is.
    boolean parked() {
        return session == null;
    }
}
