/// Proofs of origin: how a provider shows that a delivery is its own.
///
/// in: a request and a source's secrets out: nothing, or why it is not authentic
@NullMarked
package io.headwater.command.intake.signature;

import org.jspecify.annotations.NullMarked;
