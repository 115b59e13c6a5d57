/// Commands of operators about the stores of the deciders: `./headwater audit`, `rebuild-state`.
///
/// in: a decider's name, where Kafka and the registry are out: lines for people, an exit status
@NullMarked
package io.headwater.command.state;

import org.jspecify.annotations.NullMarked;
