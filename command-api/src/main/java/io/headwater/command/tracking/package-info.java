/// Visits as pages report them: facts, nobody decides about them.
///
/// in: `POST /track/*` out: `tracking.events.v1`, key = session id, partition by slot
@NullMarked
package io.headwater.command.tracking;

import org.jspecify.annotations.NullMarked;
