@NullMarked
package io.headwater.launcher.sweep;

import org.jspecify.annotations.NullMarked;
