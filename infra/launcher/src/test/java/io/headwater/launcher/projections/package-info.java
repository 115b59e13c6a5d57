/// The commands of operators against a server that answers like query-api.
@NullMarked
package io.headwater.launcher.projections;

import org.jspecify.annotations.NullMarked;
