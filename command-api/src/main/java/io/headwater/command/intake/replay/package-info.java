/// Mapping replay: a new mapping of a source tried over what it sent, and then put right.
///
/// in: `/admin/sources/{id}/mapping-replays`, `lead.events.v1` out: a plan, the new mapping,
/// corrections of leads, releases from the quarantine
@NullMarked
package io.headwater.command.intake.replay;

import org.jspecify.annotations.NullMarked;
