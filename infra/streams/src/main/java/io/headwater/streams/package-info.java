/// What the applications that run Kafka Streams have in common (ADR 0008); knows no topic and no
/// event. in: a topology, settings · out: a [StreamsApp] that restarts its threads and parks poison
@NullMarked
package io.headwater.streams;

import org.jspecify.annotations.NullMarked;
