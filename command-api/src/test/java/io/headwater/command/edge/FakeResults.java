package io.headwater.command.edge;

import io.headwater.command.platform.result.CommandResults;
import io.headwater.events.command.CommandResult;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.apache.avro.specific.SpecificRecord;
import org.jspecify.annotations.Nullable;

/// Decides at once, and always the same; or never.
final class FakeResults implements CommandResults {

    volatile @Nullable String outcome = "accepted";
    volatile @Nullable String code;
    volatile Map<String, String> values = Map.of();
    private final Map<String, CompletableFuture<CommandResult>> waiting = new ConcurrentHashMap<>();

    @Override
    public CompletableFuture<CommandResult> expect(String commandId) {
        String decided = outcome;
        if (decided == null) {
            return waiting.computeIfAbsent(commandId, _ -> new CompletableFuture<>());
        }
        return CompletableFuture.completedFuture(
                CommandResult.newBuilder()
                        .setCommandId(commandId)
                        .setAccepted(!decided.equals("refused"))
                        .setOutcome(decided)
                        .setCode(code)
                        .setDetail(code == null ? null : "Refused by the test.")
                        .setValues(values)
                        .setDecidedAt(Instant.EPOCH)
                        .build());
    }

    /// Decides what is appended by what the test says, for who waits.
    void decide(RecordingLog log, Function<SpecificRecord, CommandResult.Builder> decider) {
        outcome = null;
        log.whenAppended =
                command -> {
                    var result = decider.apply(command).build();
                    waiting.computeIfAbsent(result.getCommandId(), _ -> new CompletableFuture<>())
                            .complete(result);
                };
    }

    @Override
    public void forget(String commandId) {}

    @Override
    public Optional<CommandResult> find(String commandId) {
        return Optional.empty();
    }

    void reset() {
        outcome = "accepted";
        code = null;
        values = Map.of("lead_id", "main_1");
    }
}
