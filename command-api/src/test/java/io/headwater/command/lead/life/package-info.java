@NullMarked
package io.headwater.command.lead.life;

import org.jspecify.annotations.NullMarked;
