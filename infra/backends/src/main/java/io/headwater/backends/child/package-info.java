/// The mains of the child processes; only they use the servers' class path. in: program arguments
/// out: one ready line on standard output. A child ends when its standard input closes.
@NullMarked
package io.headwater.backends.child;

import org.jspecify.annotations.NullMarked;
