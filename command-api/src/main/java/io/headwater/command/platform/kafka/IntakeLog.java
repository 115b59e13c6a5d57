package io.headwater.command.platform.kafka;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.producer.ProducerRecord;

/// Appends the records of one request atomically: readers of committed data see all or none.
public interface IntakeLog {

    /// @return completes after the commit; fails with [LogUnavailableException] when it was not
    ///   confirmed within the limit (the caller cannot know whether it happened: ids in the records
    ///   make a repeat harmless)
    CompletableFuture<Void> append(List<ProducerRecord<String, SpecificRecord>> records);
}
