/// What every feature of this application shares; knows no feature.
///
/// in: settings out: refusals, identity of the instance
@NullMarked
package io.headwater.command.platform;

import org.jspecify.annotations.NullMarked;
