/// Runs the fold of a projection in Kafka Streams.
///
/// in: event topics · out: `view.*` topics
@NullMarked
package io.headwater.projectors.platform.streams;

import org.jspecify.annotations.NullMarked;
