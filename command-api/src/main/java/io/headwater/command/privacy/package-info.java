/// Forgets people: which keys seal their data, and what is done when they ask to be forgotten, or
/// when the time of what they sent is over.
///
/// in: events of leads, raw deliveries and sessions · out: links and jobs in the vault, commands to
/// the lead decider · http: `/admin/erasures`, `/admin/retention`
///
/// source: docs/decisions/0026-erasure.md, docs/decisions/0030-retention.md
@NullMarked
package io.headwater.command.privacy;

import org.jspecify.annotations.NullMarked;
