@NullMarked
package io.headwater.command.platform.kafka;

import org.jspecify.annotations.NullMarked;
