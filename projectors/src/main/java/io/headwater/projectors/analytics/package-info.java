/// Traffic in buckets of 15 minutes.
///
/// in: `tracking.events.v1` · out: `view.traffic`
@NullMarked
package io.headwater.projectors.analytics;

import org.jspecify.annotations.NullMarked;
