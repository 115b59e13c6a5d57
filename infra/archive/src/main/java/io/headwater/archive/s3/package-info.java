/// Objects by key in one bucket of any S3-compatible store.
///
/// in: keys and bytes; out: objects
@NullMarked
package io.headwater.archive.s3;

import org.jspecify.annotations.NullMarked;
