@NullMarked
package io.headwater.command.platform.directory;

import org.jspecify.annotations.NullMarked;
