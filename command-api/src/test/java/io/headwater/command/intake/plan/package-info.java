@NullMarked
package io.headwater.command.intake.plan;

import org.jspecify.annotations.NullMarked;
