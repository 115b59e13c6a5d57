/// The contract between the applications: which record types travel on which topic, and the wire
/// format.
///
/// in: Avro schemas of `src/main/avro`, a Confluent-compatible registry out: serdes, topic
/// catalogue
@NullMarked
package io.headwater.schema;

import org.jspecify.annotations.NullMarked;
