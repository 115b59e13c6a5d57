@NullMarked
package io.headwater.command.lead;

import org.jspecify.annotations.NullMarked;
