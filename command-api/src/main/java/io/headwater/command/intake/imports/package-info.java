/// Leads and sessions that exist elsewhere already, taken in with their original times.
///
/// in: `POST /admin/import/leads` and `/admin/import/sessions`, a JSON object per line · out: a
/// verdict per line; a command per usable lead, a `SessionImported` on `tracking.events.v1` per
/// usable session
@NullMarked
package io.headwater.command.intake.imports;

import org.jspecify.annotations.NullMarked;
