/// Both sides of the accounting identity.
///
/// in: `intake.receipts.v1`, `lead.events.v1` · out: `view.intake`
@NullMarked
package io.headwater.projectors.intake;

import org.jspecify.annotations.NullMarked;
