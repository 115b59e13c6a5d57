package io.headwater.command.access.admin;

import io.headwater.command.platform.Refused;
import io.headwater.command.platform.directory.DirectoryProgress;
import io.headwater.command.platform.kafka.FactLog;
import io.headwater.command.platform.kafka.LogUnavailableException;
import io.headwater.command.platform.result.SentCommands;
import io.headwater.command.platform.web.Actor;
import io.headwater.command.platform.web.PreferredWait;
import io.headwater.events.command.CommandResult;
import io.headwater.schema.Topics;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeoutException;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.springframework.stereotype.Component;

/// Sends an administrator's command and waits: for the decision, and until this instance's
/// directory has seen it.
@Component
final class AccessCommands {

    private final FactLog log;
    private final SentCommands commands;
    private final DirectoryProgress directory;
    private final Duration usualWait;
    private final HttpServletRequest request;

    AccessCommands(
            FactLog log,
            SentCommands commands,
            DirectoryProgress directory,
            AccessSettings settings,
            HttpServletRequest request) {
        this.log = log;
        this.commands = commands;
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
        var wait = PreferredWait.of(request).orElse(usualWait);
        long end = System.nanoTime() + wait.toNanos();
        var result = commands.send(commandId, record(command), wait);
        if (result == null) {
            return false;
        }
        if (!result.getAccepted()) {
            throw refusal(result);
        }
        try {
            SentCommands.await(
                    directory.seen(String.valueOf(result.getAggregateId()), result.getSequence()),
                    Duration.ofNanos(end - System.nanoTime()));
            return true;
        } catch (TimeoutException later) {
            return false;
        }
    }

    /// Who asks, as events tell it.
    String actor() {
        return Actor.of(request);
    }

    CompletableFuture<Void> append(SpecificRecord command) {
        return log.append(record(command));
    }

    private static ProducerRecord<String, SpecificRecord> record(SpecificRecord command) {
        return new ProducerRecord<>(Topics.ACCESS_COMMANDS.name(), Topics.ACCESS_KEY, command);
    }

    private static Refused refusal(CommandResult result) {
        String code = String.valueOf(result.getCode());
        return new Refused(
                code.startsWith("unknown-") ? Refused.Reason.UNKNOWN : Refused.Reason.RULE_VIOLATED,
                code,
                String.valueOf(result.getDetail()));
    }
}
