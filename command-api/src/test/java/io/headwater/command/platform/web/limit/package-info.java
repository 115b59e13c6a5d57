@NullMarked
package io.headwater.command.platform.web.limit;

import org.jspecify.annotations.NullMarked;
