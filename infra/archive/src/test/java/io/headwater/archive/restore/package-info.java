@NullMarked
package io.headwater.archive.restore;

import org.jspecify.annotations.NullMarked;
