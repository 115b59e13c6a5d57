/// How long what is personal is kept: for the platform, and where a site has rules of its own.
///
/// source: docs/decisions/0030-retention.md
@NullMarked
package io.headwater.command.platform.retention;

import org.jspecify.annotations.NullMarked;
