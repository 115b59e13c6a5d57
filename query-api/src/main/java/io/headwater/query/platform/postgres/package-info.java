/// The connection to the read models: settings in, health out. Reads only.
@NullMarked
package io.headwater.query.platform.postgres;

import org.jspecify.annotations.NullMarked;
