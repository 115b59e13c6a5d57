/// Starts, watches and stops the whole platform on one machine. in: `up`, `down`, `status` from
/// `./headwater` out: a running system, described by `DIR/run/headwater.json`
@NullMarked
package io.headwater.launcher;

import org.jspecify.annotations.NullMarked;
