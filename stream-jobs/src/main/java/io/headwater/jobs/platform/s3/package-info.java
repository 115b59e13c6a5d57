/// Objects in a bucket of any S3-compatible store.
///
/// in: keys and bytes out: objects
@NullMarked
package io.headwater.jobs.platform.s3;

import org.jspecify.annotations.NullMarked;
