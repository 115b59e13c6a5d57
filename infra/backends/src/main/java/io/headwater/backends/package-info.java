/// Kafka, PostgreSQL, S3 and the schema registry as child processes: started, watched, stopped from
/// the JDK alone. in: a data folder and ports out: addresses to connect to. The children's own code
/// is in `child`.
@NullMarked
package io.headwater.backends;

import org.jspecify.annotations.NullMarked;
