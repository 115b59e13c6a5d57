/// Leads that a provider only named: asks it for the rest, as long as that may help.
///
/// in: `intake.hydrations.v1` out: `lead.commands.v1`, or the same job again, later
@NullMarked
package io.headwater.command.intake.hydration;

import org.jspecify.annotations.NullMarked;
