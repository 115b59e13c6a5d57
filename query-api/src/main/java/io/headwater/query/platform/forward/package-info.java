/// The way to command-api: requests in, its answers out, both unchanged.
@NullMarked
package io.headwater.query.platform.forward;

import org.jspecify.annotations.NullMarked;
