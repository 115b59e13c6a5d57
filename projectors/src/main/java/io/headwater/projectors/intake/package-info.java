/// Both sides of the accounting identity, and the audit of deliveries.
///
/// in: `intake.receipts.v1`, `intake.webhooks.v1`, `lead.events.v1` · out: `view.intake`,
/// `view.webhooks`
@NullMarked
package io.headwater.projectors.intake;

import org.jspecify.annotations.NullMarked;
