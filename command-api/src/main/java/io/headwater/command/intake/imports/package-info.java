/// Leads that exist elsewhere already, taken in with their original times.
///
/// in: `POST /admin/import/leads`, a JSON object per line out: a verdict per line; a command per
/// usable line
@NullMarked
package io.headwater.command.intake.imports;

import org.jspecify.annotations.NullMarked;
