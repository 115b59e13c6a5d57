/// Webhooks of lead providers, one file per provider.
///
/// in: `POST /webhooks/{provider}/{source}` out: submissions and facts
@NullMarked
package io.headwater.command.intake.webhook;

import org.jspecify.annotations.NullMarked;
