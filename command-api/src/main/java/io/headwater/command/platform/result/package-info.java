/// The answers of the deciders, brought to the request that waits for them.
///
/// in: `command.results.v1` out: completed futures, `GET /commands/{id}`
@NullMarked
package io.headwater.command.platform.result;

import org.jspecify.annotations.NullMarked;
