@NullMarked
package io.headwater.command.platform.contact;

import org.jspecify.annotations.NullMarked;
