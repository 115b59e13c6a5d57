package io.headwater.jobs.replay;

/// One object to write.
///
/// @param partition of the topic it came from
/// @param events how many events are in it; 0 for what describes a session
/// @param parked a record that nobody can read, kept as it is
record ArchiveObject(String key, byte[] json, int partition, int events, boolean parked) {}
