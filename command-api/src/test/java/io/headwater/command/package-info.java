@NullMarked
package io.headwater.command;

import org.jspecify.annotations.NullMarked;
