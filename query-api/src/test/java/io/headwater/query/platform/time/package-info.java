/// Instants, ranges and local calendar buckets from request parameters.
@NullMarked
package io.headwater.query.platform.time;

import org.jspecify.annotations.NullMarked;
