@NullMarked
package io.headwater.streams;

import org.jspecify.annotations.NullMarked;
