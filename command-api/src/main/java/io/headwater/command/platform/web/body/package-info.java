/// Request bodies of any accepted type, as one tree of text.
///
/// in: bytes and a content type out: [Body], or a problem that says what is wrong with it
@NullMarked
package io.headwater.command.platform.web.body;

import org.jspecify.annotations.NullMarked;
