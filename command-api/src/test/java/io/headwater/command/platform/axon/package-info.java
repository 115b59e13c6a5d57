@NullMarked
package io.headwater.command.platform.axon;

import org.jspecify.annotations.NullMarked;
