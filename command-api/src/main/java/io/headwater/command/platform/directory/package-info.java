/// What users configured, in memory: sites, forms, integrations, sources.
///
/// in: `access.events.v1` from the beginning out: look-ups for the edge
@NullMarked
package io.headwater.command.platform.directory;

import org.jspecify.annotations.NullMarked;
