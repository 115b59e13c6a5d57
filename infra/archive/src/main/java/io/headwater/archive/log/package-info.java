/// The event topics as one log: what the archive has, then what the topics have.
///
/// in: topics, and their archive in S3; out: committed records in the order of their offsets,
/// whoever has them
@NullMarked
package io.headwater.archive.log;

import org.jspecify.annotations.NullMarked;
