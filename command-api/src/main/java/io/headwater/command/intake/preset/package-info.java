/// The lead providers, one file each: what their bodies mean.
///
/// in: a provider's body out: submissions and facts
@NullMarked
package io.headwater.command.intake.preset;

import org.jspecify.annotations.NullMarked;
