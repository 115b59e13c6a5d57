@NullMarked
package io.headwater.archive.log;

import org.jspecify.annotations.NullMarked;
