@NullMarked
package io.headwater.command.access.pages;

import org.jspecify.annotations.NullMarked;
