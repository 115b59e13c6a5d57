/// The quarantine seen from outside: look at what waits, change it, foretell, release and reject
/// one submission or many.
///
/// in: `/admin/quarantine/**` out: commands to the lead decider, which holds what waits; plans
@NullMarked
package io.headwater.command.intake.quarantine;

import org.jspecify.annotations.NullMarked;
