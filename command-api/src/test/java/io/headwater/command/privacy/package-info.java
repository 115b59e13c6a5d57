@NullMarked
package io.headwater.command.privacy;

import org.jspecify.annotations.NullMarked;
