/// What the webhook edge and a provider's preset agree on: a delivery goes in, items come out.
///
/// in: [io.headwater.command.intake.provider.Delivery] out:
/// [io.headwater.command.intake.provider.Normalised]
@NullMarked
package io.headwater.command.intake.provider;

import org.jspecify.annotations.NullMarked;
