/// The fast way to the first rows of a generation: whole partitions folded in memory, rows copied
/// into fresh tables, then handed over to Kafka Streams (docs/decisions/0023-bulk.md).
@NullMarked
package io.headwater.projectors.platform.bulk;

import org.jspecify.annotations.NullMarked;
