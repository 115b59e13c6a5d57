@NullMarked
package io.headwater.projectors.platform.privacy;

import org.jspecify.annotations.NullMarked;
