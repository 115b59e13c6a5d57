package io.headwater.jobs.replay;

import org.apache.avro.specific.SpecificRecord;

/// A decoded record of `tracking.events.v1` with its position.
record TrackingRecord(int partition, long offset, SpecificRecord value) {}
