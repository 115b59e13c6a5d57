package io.headwater.command.platform.kafka;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.producer.ProducerRecord;

/// The hot path of facts that nobody decides about: idempotent, `acks=all`, no transaction.
public interface FactLog {

    /// @param record may name its partition; without one its key decides
    /// @return completes when the broker acknowledged; fails with [LogUnavailableException]
    CompletableFuture<Void> append(ProducerRecord<String, SpecificRecord> record);

    /// Returns when the broker acknowledged.
    ///
    /// @throws LogUnavailableException when it did not
    default void appendAndWait(ProducerRecord<String, SpecificRecord> record) {
        await(append(record));
    }

    /// @param acknowledged one append, or all of several
    /// @throws LogUnavailableException when one was not
    static void await(CompletableFuture<Void> acknowledged) {
        try {
            acknowledged.join();
        } catch (CompletionException failed) {
            throw failed.getCause() instanceof RuntimeException known ? known : failed;
        }
    }

    /// @return the topic's partition count, fixed for its life
    /// @throws LogUnavailableException when it was never learned and the broker is away
    int partitions(String topic);
}
