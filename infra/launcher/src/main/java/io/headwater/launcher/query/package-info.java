/// query-api of a platform that runs, as the commands ask it.
///
/// in: its address and the key of administrators in `DIR/run/headwater.json` · out: answers, also
/// those that are problems
@NullMarked
package io.headwater.launcher.query;

import org.jspecify.annotations.NullMarked;
