/// Sessions with their engagement.
///
/// in: `tracking.events.v1` · out: `view.sessions`
@NullMarked
package io.headwater.projectors.session;

import org.jspecify.annotations.NullMarked;
