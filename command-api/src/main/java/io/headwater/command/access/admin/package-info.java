/// The HTTP API of administrators: each call is a command, answered when it is decided.
///
/// in: `/analytics/sites`, `/analytics/forms`, `/analytics/settings`, `/analytics/ip-lists`,
/// `/analytics/integrations`, `/admin/sources` out: `access.commands.v1`
@NullMarked
package io.headwater.command.access.admin;

import org.jspecify.annotations.NullMarked;
