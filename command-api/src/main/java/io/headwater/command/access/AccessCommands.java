package io.headwater.command.access;

import io.headwater.command.platform.Refused;
import io.headwater.command.platform.directory.DirectoryProgress;
import io.headwater.command.platform.kafka.FactLog;
import io.headwater.command.platform.kafka.LogUnavailableException;
import io.headwater.command.platform.result.CommandResults;
import io.headwater.command.platform.web.PreferredWait;
import io.headwater.events.command.CommandResult;
import io.headwater.schema.Topics;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.springframework.stereotype.Component;

/// Sends an administrator's command and waits: for the decision, and until this instance's
/// directory has seen it.
@Component
final class AccessCommands {

    private final FactLog log;
    private final CommandResults results;
    private final DirectoryProgress directory;
    private final Duration usualWait;
    private final HttpServletRequest request;

    AccessCommands(
            FactLog log,
            CommandResults results,
            DirectoryProgress directory,
            AccessSettings settings,
            HttpServletRequest request) {
        this.log = log;
        this.results = results;
        this.directory = directory;
        this.usualWait = settings.decisionWait();
        this.request = request;
    }

    /// Waits as long as the administrator's request prefers, else as long as the settings say.
    ///
    /// @return true when it is decided and in effect here; false when that takes longer than a
    ///   request should: the command's status tells
    /// @throws Refused when a rule says no
    /// @throws LogUnavailableException when the command was not confirmed
    boolean send(String commandId, SpecificRecord command) {
        var expected = results.expect(commandId);
        try {
            await(log.append(record(command)), Duration.ofMinutes(1));
            var wait = PreferredWait.of(request).orElse(usualWait);
            long end = System.nanoTime() + wait.toNanos();
            var result = await(expected, wait);
            if (!result.getAccepted()) {
                throw refusal(result);
            }
            await(
                    directory.seen(String.valueOf(result.getAggregateId()), result.getSequence()),
                    Duration.ofNanos(end - System.nanoTime()));
            return true;
        } catch (TimeoutException later) {
            return false;
        } finally {
            results.forget(commandId);
        }
    }

    CompletableFuture<Void> append(SpecificRecord command) {
        return log.append(record(command));
    }

    private static ProducerRecord<String, SpecificRecord> record(SpecificRecord command) {
        return new ProducerRecord<>(Topics.ACCESS_COMMANDS.name(), Topics.ACCESS_KEY, command);
    }

    private static <T> T await(CompletableFuture<T> future, Duration limit)
            throws TimeoutException {
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

    private static Refused refusal(CommandResult result) {
        String code = String.valueOf(result.getCode());
        return new Refused(
                code.startsWith("unknown-") ? Refused.Reason.UNKNOWN : Refused.Reason.RULE_VIOLATED,
                code,
                String.valueOf(result.getDetail()));
    }
}
