/// The projectors: events → rows, rebuildable.
///
/// in: event topics · out: `view.*` topics, tables of the read models
@NullMarked
package io.headwater.projectors;

import org.jspecify.annotations.NullMarked;
