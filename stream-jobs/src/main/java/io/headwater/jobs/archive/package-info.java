/// Archives the event topics: closed offset ranges in S3, from which views and a whole cluster can
/// be made again.
///
/// in: every event topic, committed records only; out: `log/**` and `schemas/**` in the bucket
@NullMarked
package io.headwater.jobs.archive;

import org.jspecify.annotations.NullMarked;
