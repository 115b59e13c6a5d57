/// Who calls and what they may see: keys in, a role out, masks for what a role may not read.
@NullMarked
package io.headwater.query.platform.access;

import org.jspecify.annotations.NullMarked;
