/// What folds over a session must know of the visit it belongs to.
///
/// in: tracking events · out: tracking events with their context
@NullMarked
package io.headwater.projectors.visit;

import org.jspecify.annotations.NullMarked;
