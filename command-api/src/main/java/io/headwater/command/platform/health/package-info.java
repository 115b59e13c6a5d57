/// One page that says whether this instance can do its work.
///
/// in: [HealthPart] beans out: `GET /health`
@NullMarked
package io.headwater.command.platform.health;

import org.jspecify.annotations.NullMarked;
