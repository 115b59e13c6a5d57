/// Sites, their domains, forms, API keys and lead providers: what administrators configure.
///
/// in: admin HTTP API, `access.commands.v1` under one key out: `access.events.v1`
@NullMarked
package io.headwater.command.access;

import org.jspecify.annotations.NullMarked;
