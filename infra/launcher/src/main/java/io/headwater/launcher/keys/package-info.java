/// `./headwater rebuild-key`: one lead or session made anew on the platform that runs.
///
/// in: the addresses and the key in `DIR/run/headwater.json` · out: what was wrong, an exit status
@NullMarked
package io.headwater.launcher.keys;

import org.jspecify.annotations.NullMarked;
