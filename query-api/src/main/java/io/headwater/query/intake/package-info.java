/// The accounting identity: rows of `read.intake_15m` in, sums and what does not add up out.
@NullMarked
package io.headwater.query.intake;

import org.jspecify.annotations.NullMarked;
