@NullMarked
package io.headwater.command.platform.result;

import org.jspecify.annotations.NullMarked;
