/// One key of a projection, a lead or a session: its rows as they were, why they are as they are,
/// and made anew.
///
/// in: source and view topics, tables · out: answers over HTTP, rows put right
@NullMarked
package io.headwater.projectors.platform.keys;

import org.jspecify.annotations.NullMarked;
