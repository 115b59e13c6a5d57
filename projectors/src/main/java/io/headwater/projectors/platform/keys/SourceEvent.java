package io.headwater.projectors.platform.keys;

import java.time.Instant;
import org.apache.avro.specific.SpecificRecord;

/// An event where it stands on its topic.
///
/// @param recordedAt by the event itself where it says so, else when it was appended
record SourceEvent(long offset, Instant recordedAt, String recordKey, SpecificRecord event) {}
