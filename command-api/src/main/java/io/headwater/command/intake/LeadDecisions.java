package io.headwater.command.intake;

import io.headwater.command.platform.Refused;
import io.headwater.command.platform.kafka.FactLog;
import io.headwater.command.platform.result.CommandResults;
import io.headwater.command.platform.web.ProblemType;
import io.headwater.command.platform.web.Problems;
import io.headwater.events.command.CommandResult;
import io.headwater.schema.Ids;
import io.headwater.schema.Topics;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.springframework.stereotype.Component;

/// Asks the lead decider one thing and brings its answer.
@Component
public final class LeadDecisions {

    /// A decider that starts again takes seconds; people do not wait longer than this for it.
    private static final Duration LONGEST = Duration.ofSeconds(30);

    private final FactLog log;
    private final CommandResults results;
    private final Clock clock;
    private final SecureRandom random = new SecureRandom();

    LeadDecisions(FactLog log, CommandResults results, Clock clock) {
        this.log = log;
        this.results = results;
        this.clock = clock;
    }

    public String newId() {
        return Ids.next(clock.instant(), random);
    }

    /// @return the decider's word, a refusal too; fails with [LogUnavailableException] or
    ///   [TimeoutException] when there is none in time
    public CompletableFuture<CommandResult> ask(
            String siteId, String commandId, SpecificRecord command) {
        var answer =
                results.expect(commandId)
                        .copy()
                        .orTimeout(LONGEST.toMillis(), TimeUnit.MILLISECONDS);
        log.append(new ProducerRecord<>(Topics.LEAD_COMMANDS.name(), siteId, command))
                .whenComplete((_, fault) -> {
                    if (fault != null) {
                        answer.completeExceptionally(fault);
                    }
                });
        return answer.whenComplete((_, fault) -> {
            if (fault != null) {
                results.forget(commandId);
            }
        });
    }

    /// Waits for the word.
    ///
    /// @throws Refused when it is a refusal
    /// @throws io.headwater.command.platform.web.ProblemException 503 when there is none in time
    public static CommandResult await(CompletableFuture<CommandResult> answer) {
        var result = word(answer);
        if (!result.getAccepted()) {
            throw refusal(result);
        }
        return result;
    }

    /// Waits for the word, a refusal too.
    ///
    /// @throws io.headwater.command.platform.web.ProblemException 503 when there is none in time
    public static <T> T word(CompletableFuture<T> answer) {
        try {
            return answer.join();
        } catch (CompletionException failed) {
            throw switch (failed.getCause()) {
                case TimeoutException _ ->
                        Problems.unconfirmed("It may be decided later; ask again.").asException();
                case RuntimeException known -> known;
                case null, default -> failed;
            };
        }
    }

    private static Refused refusal(CommandResult result) {
        String code = String.valueOf(result.getCode());
        var reason =
                code.startsWith("unknown-")
                        ? Refused.Reason.UNKNOWN
                        : ProblemType.ofSlug(code)
                                .filter(type -> type.status().value() == 422)
                                .map(_ -> Refused.Reason.UNACCEPTABLE)
                                .orElse(Refused.Reason.RULE_VIOLATED);
        return new Refused(reason, code, String.valueOf(result.getDetail()));
    }
}
