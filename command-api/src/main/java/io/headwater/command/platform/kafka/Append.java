package io.headwater.command.platform.kafka;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;

/// One request's records on their way to the intake log.
record Append(List<ProducerRecord<byte[], byte[]>> records, CompletableFuture<Void> done) {

    /// @return false when the caller gave up already: then it must not be written any more
    boolean awaited() {
        return !done.isDone();
    }

    void succeed() {
        done.complete(null);
    }

    void fail(String why, @Nullable Throwable cause) {
        done.completeExceptionally(new LogUnavailableException(why, cause));
    }
}
