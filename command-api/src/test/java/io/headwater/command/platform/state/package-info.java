@NullMarked
package io.headwater.command.platform.state;

import org.jspecify.annotations.NullMarked;
