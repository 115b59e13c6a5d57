/// Fields of a lead from places in a body, as the administrator of a source says.
///
/// in: a body out: lead fields
@NullMarked
package io.headwater.command.intake.mapping;

import org.jspecify.annotations.NullMarked;
