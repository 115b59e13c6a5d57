/// What runs a projection; knows no feature.
///
/// in: projections · out: their view topics, rows and status
@NullMarked
package io.headwater.projectors.platform;

import org.jspecify.annotations.NullMarked;
