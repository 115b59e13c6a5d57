@NullMarked
package io.headwater.command.platform.postgres;

import org.jspecify.annotations.NullMarked;
