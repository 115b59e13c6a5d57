package io.headwater.projectors.session;

import io.headwater.projectors.platform.SourcePosition;
import org.apache.avro.specific.SpecificRecord;

/// A tracking record with what its session's row needs beyond it.
///
/// @param event `SessionStarted`, `EventsTracked`, `SessionEnded` or `SessionImported`
/// @param earlierVisits sessions that the visitor named in the record had before this one; 0 when
///   it names none or the session is not one of the server's for this visitor
record CountedVisit(SpecificRecord event, int earlierVisits, SourcePosition position) {}
