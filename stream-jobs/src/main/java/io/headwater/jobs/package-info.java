/// Work between the topics.
///
/// in: `lead.events.v1`, `view.sessions.g1`, `tracking.events.v1` out: `lead.commands.v1`, S3
@NullMarked
package io.headwater.jobs;

import org.jspecify.annotations.NullMarked;
