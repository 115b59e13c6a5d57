package io.headwater.command.edge;

import io.headwater.command.platform.result.CommandResults;
import io.headwater.events.command.CommandResult;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/// Decides at once, and always the same; or never.
final class FakeResults implements CommandResults {

    volatile @Nullable String outcome = "accepted";
    volatile @Nullable String code;
    volatile Map<String, String> values = Map.of();

    @Override
    public CompletableFuture<CommandResult> expect(String commandId) {
        String decided = outcome;
        if (decided == null) {
            return new CompletableFuture<>();
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
