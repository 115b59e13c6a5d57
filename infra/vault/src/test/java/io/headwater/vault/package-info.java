@NullMarked
package io.headwater.vault;

import org.jspecify.annotations.NullMarked;
