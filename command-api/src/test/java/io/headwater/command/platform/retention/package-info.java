@NullMarked
package io.headwater.command.platform.retention;

import org.jspecify.annotations.NullMarked;
