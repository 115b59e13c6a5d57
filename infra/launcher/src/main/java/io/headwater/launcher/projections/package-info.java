/// `./headwater projections`, `rebuild`, `verify`, `rollback`, `retire` and `report`: what
/// operators see of projections and do with their generations.
///
/// in: the API of query-api out: a table, a progress bar, the result of a comparison, an exit
/// status
@NullMarked
package io.headwater.launcher.projections;

import org.jspecify.annotations.NullMarked;
