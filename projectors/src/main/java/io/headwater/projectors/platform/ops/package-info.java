/// Migrations, status, health.
///
/// in: admin client, positions · out: `ops.projection`, `/health`
@NullMarked
package io.headwater.projectors.platform.ops;

import org.jspecify.annotations.NullMarked;
