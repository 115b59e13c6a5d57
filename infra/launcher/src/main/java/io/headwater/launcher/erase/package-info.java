/// `./headwater export`, `erase` and `sweep`: people who asked what is known of them, or to be
/// forgotten, on the platform that runs, and what shows that they are.
///
/// in: the addresses and the key in `DIR/run/headwater.json` · out: who it is, all of it in a file,
/// how far it got, a certificate, an exit status
@NullMarked
package io.headwater.launcher.erase;

import org.jspecify.annotations.NullMarked;
