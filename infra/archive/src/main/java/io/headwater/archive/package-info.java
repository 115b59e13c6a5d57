/// The event topics as closed offset ranges in S3, and the way back.
///
/// in: committed records of one partition, in order; out: objects, manifests that name the one
/// before, the schemas; and the same records again
@NullMarked
package io.headwater.archive;

import org.jspecify.annotations.NullMarked;
