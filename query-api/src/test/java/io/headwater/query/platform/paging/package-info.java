/// Keyset paging: an opaque cursor in, rows after it and the next cursor out.
@NullMarked
package io.headwater.query.platform.paging;

import org.jspecify.annotations.NullMarked;
