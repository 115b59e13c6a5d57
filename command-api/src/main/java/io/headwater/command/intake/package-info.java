/// Submissions and provider facts from outside: authenticated, normalised, kept, then handed to the
/// lead decider.
///
/// in: HTTP out: `intake.webhooks.v1`, `intake.receipts.v1`, `lead.commands.v1`, one transaction
/// per request
@NullMarked
package io.headwater.command.intake;

import org.jspecify.annotations.NullMarked;
