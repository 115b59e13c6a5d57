/// Axon entities inside a Kafka Streams task: the only package that touches Axon's internal
/// interfaces.
///
/// in: command records out: events and one result per command, in one transaction with the folded
/// state
@NullMarked
package io.headwater.command.platform.axon;

import org.jspecify.annotations.NullMarked;
