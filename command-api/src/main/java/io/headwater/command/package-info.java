/// The way in: receive, authenticate, decide, publish.
///
/// in: HTTP of `contract.md` sections 1 and 2 out: Avro records on intake, tracking, lead and
/// access topics
@NullMarked
package io.headwater.command;

import org.jspecify.annotations.NullMarked;
