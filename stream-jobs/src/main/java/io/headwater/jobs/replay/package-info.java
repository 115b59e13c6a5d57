/// Keeps raw visits in S3, longer than Kafka does.
///
/// in: `tracking.events.v1` out: `sessions/YYYY/MM/DD/{session_id}/…` in the bucket
@NullMarked
package io.headwater.jobs.replay;

import org.jspecify.annotations.NullMarked;
