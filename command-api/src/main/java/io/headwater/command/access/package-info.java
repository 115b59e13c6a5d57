/// Sites with their settings, domains, forms, API keys, lists of addresses and lead providers: what
/// administrators configure, decided.
///
/// in: `access.commands.v1` under one key out: `access.events.v1`
@NullMarked
package io.headwater.command.access;

import org.jspecify.annotations.NullMarked;
