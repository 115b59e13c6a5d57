/// `./headwater sweep`: looks for a person's plaintext wherever the running platform keeps
/// something, and shows that it would have found it.
///
/// in: addresses in `DIR/run/headwater.json`, the values · out: a [SweepReport], without the values
///
/// source: docs/erasure.md
@NullMarked
package io.headwater.launcher.sweep;

import org.jspecify.annotations.NullMarked;
