/// Appending to the logs: atomically per request (intake) or one fact at a time (tracking).
///
/// in: producer records out: acknowledged records, or [LogUnavailableException]
@NullMarked
package io.headwater.command.platform.kafka;

import org.jspecify.annotations.NullMarked;
