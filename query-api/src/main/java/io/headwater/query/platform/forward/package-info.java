/// The way to command-api and to projectors: requests in, their answers out, unchanged.
@NullMarked
package io.headwater.query.platform.forward;

import org.jspecify.annotations.NullMarked;
