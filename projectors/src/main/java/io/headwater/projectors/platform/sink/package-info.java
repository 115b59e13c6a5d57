/// Writes view records to Postgres, exactly once.
///
/// in: `view.*` topics · out: rows, positions, accounting
@NullMarked
package io.headwater.projectors.platform.sink;

import org.jspecify.annotations.NullMarked;
