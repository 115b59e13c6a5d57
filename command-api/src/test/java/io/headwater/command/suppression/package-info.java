@NullMarked
package io.headwater.command.suppression;

import org.jspecify.annotations.NullMarked;
