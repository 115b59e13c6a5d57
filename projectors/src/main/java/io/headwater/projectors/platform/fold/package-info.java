/// What pure folds share.
///
/// in: events · out: parts of rows
@NullMarked
package io.headwater.projectors.platform.fold;

import org.jspecify.annotations.NullMarked;
