/// Migrations, status, accounts, health.
///
/// in: admin client, positions · out: `ops.projection`, `/health`, `/actuator/metrics`
@NullMarked
package io.headwater.projectors.platform.ops;

import org.jspecify.annotations.NullMarked;
