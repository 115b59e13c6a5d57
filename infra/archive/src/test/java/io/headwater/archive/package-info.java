@NullMarked
package io.headwater.archive;

import org.jspecify.annotations.NullMarked;
