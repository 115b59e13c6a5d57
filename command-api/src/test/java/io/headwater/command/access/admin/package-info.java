@NullMarked
package io.headwater.command.access.admin;

import org.jspecify.annotations.NullMarked;
