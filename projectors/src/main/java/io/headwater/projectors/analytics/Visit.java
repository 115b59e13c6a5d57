package io.headwater.projectors.analytics;

import io.headwater.projectors.platform.SourcePosition;
import io.headwater.state.SessionContext;
import java.util.List;
import org.apache.avro.specific.SpecificRecord;

/// A tracking record with what must be known of its session to place it.
///
/// @param event `SessionStarted`, `EventsTracked`, `SessionEnded` or `SessionImported`
/// @param context of the session, this record included
/// @param first whether this record is the first of the session
/// @param newPages paths that the session sees for the first time
record Visit(
        SpecificRecord event,
        SessionContext context,
        boolean first,
        List<String> newPages,
        SourcePosition position) {}
