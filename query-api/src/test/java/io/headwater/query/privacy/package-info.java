@NullMarked
package io.headwater.query.privacy;

import org.jspecify.annotations.NullMarked;
