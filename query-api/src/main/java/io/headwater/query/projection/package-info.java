/// Projections and their generations: rows of schema `ops` in, lag, accounting, progress of
/// rebuilds and their reports out; what operators ask for goes to the projectors as a row of
/// ops.request.
@NullMarked
package io.headwater.query.projection;

import org.jspecify.annotations.NullMarked;
