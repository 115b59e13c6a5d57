@NullMarked
package io.headwater.command.state;

import org.jspecify.annotations.NullMarked;
