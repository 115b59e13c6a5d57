@NullMarked
package io.headwater.launcher.erase;

import org.jspecify.annotations.NullMarked;
