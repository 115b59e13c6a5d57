/// The application's own rows in Postgres, schema `ops_command`: operational state only (plans,
/// leased blocks of limits), never domain truth, so taking leads needs none of it. in: settings,
/// migrations · out: [OpsDatabase], a line of `GET /health` that blocks nothing
@NullMarked
package io.headwater.command.platform.postgres;

import org.jspecify.annotations.NullMarked;
