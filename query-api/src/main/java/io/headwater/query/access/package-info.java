/// The caller's own role, and configuration that command-api owns: requests in, its answers out.
@NullMarked
package io.headwater.query.access;

import org.jspecify.annotations.NullMarked;
