@NullMarked
package io.headwater.command.platform.enrich;

import org.jspecify.annotations.NullMarked;
