@NullMarked
package io.headwater.command.platform.vault;

import org.jspecify.annotations.NullMarked;
