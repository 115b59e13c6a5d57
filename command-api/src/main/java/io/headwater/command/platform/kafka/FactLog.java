package io.headwater.command.platform.kafka;

import java.util.concurrent.CompletableFuture;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.producer.ProducerRecord;

/// The hot path of facts that nobody decides about: idempotent, `acks=all`, no transaction.
public interface FactLog {

    /// @param record may name its partition; without one its key decides
    /// @return completes when the broker acknowledged; fails with [LogUnavailableException]
    CompletableFuture<Void> append(ProducerRecord<String, SpecificRecord> record);

    /// @return the topic's partition count, fixed for its life
    /// @throws LogUnavailableException when it was never learned and the broker is away
    int partitions(String topic);
}
