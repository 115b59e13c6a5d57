/// Clears what the tables show of people who are forgotten.
///
/// source: docs/decisions/0026-erasure.md
@NullMarked
package io.headwater.projectors.platform.privacy;

import org.jspecify.annotations.NullMarked;
