package io.headwater.archive;

/// A topic as it must be made again.
///
/// @param partitions of a topic never change: the key of a record says which one it is in
public record ArchivedTopic(String topic, int partitions) {}
