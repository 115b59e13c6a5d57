/// Intake and tracking on a real HTTP server, with fakes where Kafka and the deciders are.
@NullMarked
package io.headwater.command.edge;

import org.jspecify.annotations.NullMarked;
