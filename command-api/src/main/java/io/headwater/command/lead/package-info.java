/// Decides what a submission is and whose: duplicate, blocked, test, quarantined, refused, or a
/// lead.
///
/// in: `lead.commands.v1`, key = site id out: `lead.events.v1`, `command.results.v1`
@NullMarked
package io.headwater.command.lead;

import org.jspecify.annotations.NullMarked;
