/// Plans: the same thing done with many submissions, foretold first, then step by step at a rate,
/// by one instance at a time, and by another one where that stopped.
///
/// in: requests of administrators out: commands with ids made from plan and submission, rows in
/// `ops_command.plan` and `ops_command.plan_item`
@NullMarked
package io.headwater.command.intake.plan;

import org.jspecify.annotations.NullMarked;
