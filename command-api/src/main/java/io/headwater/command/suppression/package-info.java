/// Lists of who must not be contacted: what administrators put on them.
///
/// in: `/admin/suppressions` · out: `suppression.events.v1`, with keyed hashes only
@NullMarked
package io.headwater.command.suppression;

import org.jspecify.annotations.NullMarked;
