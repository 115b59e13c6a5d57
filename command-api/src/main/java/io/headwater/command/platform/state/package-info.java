/// The stores of a decider, made anew from its events and compared with them.
///
/// in: the events of a decider out: the changelogs of its stores, differences
@NullMarked
package io.headwater.command.platform.state;

import org.jspecify.annotations.NullMarked;
