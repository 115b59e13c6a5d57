/// Makes the topics of a lost cluster again, in an empty one: the same records at the same offsets.
///
/// in: the archive in S3; out: topics, schemas under their ids, an epoch
@NullMarked
package io.headwater.archive.restore;

import org.jspecify.annotations.NullMarked;
