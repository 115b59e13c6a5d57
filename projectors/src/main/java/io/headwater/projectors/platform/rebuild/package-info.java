/// Brings generations from asked for to live and to gone: one of the instances leads, all state is
/// in schema `ops`, every step may be repeated.
///
/// in: `ops.request` · out: `ops.projection`, `ops.transition`, `ops.cut`, `ops.report`, the views
@NullMarked
package io.headwater.projectors.platform.rebuild;

import org.jspecify.annotations.NullMarked;
