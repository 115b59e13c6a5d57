@NullMarked
package io.headwater.command.intake.replay;

import org.jspecify.annotations.NullMarked;
