package io.headwater.command.platform.result;

import io.headwater.command.platform.kafka.FactLog;
import io.headwater.command.platform.kafka.LogUnavailableException;
import io.headwater.events.command.CommandResult;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/// Sends a command and waits for its decision.
@Component
public final class SentCommands {

    /// The producer gives up by itself, and earlier.
    private static final Duration CONFIRMED_BY = Duration.ofMinutes(1);

    private final FactLog log;
    private final CommandResults results;

    SentCommands(FactLog log, CommandResults results) {
        this.log = log;
        this.results = results;
    }

    /// @return null when the decision takes longer than the wait: the command's status tells
    /// @throws LogUnavailableException when the command was not confirmed
    public @Nullable CommandResult send(
            String commandId, ProducerRecord<String, SpecificRecord> command, Duration wait) {
        var expected = results.expect(commandId);
        try {
            await(log.append(command), CONFIRMED_BY);
            return await(expected, wait);
        } catch (TimeoutException later) {
            return null;
        } finally {
            results.forget(commandId);
        }
    }

    /// @throws TimeoutException when it takes longer than the limit
    public static <T> T await(CompletableFuture<T> future, Duration limit) throws TimeoutException {
        try {
            return future.get(Math.max(0, limit.toMillis()), TimeUnit.MILLISECONDS);
        } catch (ExecutionException failed) {
            throw failed.getCause() instanceof RuntimeException known
                    ? known
                    : new IllegalStateException(failed.getCause());
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new LogUnavailableException("interrupted", stopped);
        }
    }
}
