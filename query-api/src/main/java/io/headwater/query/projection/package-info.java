/// Positions of the projections: rows of schema `ops` in, lag and accounting out.
@NullMarked
package io.headwater.query.projection;

import org.jspecify.annotations.NullMarked;
