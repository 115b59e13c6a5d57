@NullMarked
package io.headwater.command.access;

import org.jspecify.annotations.NullMarked;
