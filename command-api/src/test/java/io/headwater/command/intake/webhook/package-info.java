@NullMarked
package io.headwater.command.intake.webhook;

import org.jspecify.annotations.NullMarked;
