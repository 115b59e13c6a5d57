@NullMarked
package io.headwater.launcher.imports;

import org.jspecify.annotations.NullMarked;
