/// Visits: rows of `read.sessions` in, pages and details out.
@NullMarked
package io.headwater.query.session;

import org.jspecify.annotations.NullMarked;
