package io.headwater.command.platform.result;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.headwater.command.platform.kafka.KafkaSettings;
import io.headwater.command.platform.kafka.TopicFollower;
import io.headwater.events.command.CommandResult;
import io.headwater.schema.AvroSerde;
import io.headwater.schema.Ids;
import io.headwater.schema.Topics;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.avro.specific.SpecificRecord;
import org.jspecify.annotations.Nullable;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/// Reads all results, keeps those of the last hour, and wakes who waits.
@Component
final class KafkaCommandResults implements CommandResults, SmartLifecycle {

    static final Duration HORIZON = Duration.ofHours(1);

    /// About 100 MB at worst; beyond it the oldest are forgotten early.
    private static final int KEPT = 100_000;

    /// Of two instances, at worst.
    private static final Duration CLOCKS_APART = Duration.ofMinutes(1);

    private final KafkaSettings kafka;
    private final AvroSerde<SpecificRecord> serde;
    private final Map<String, CompletableFuture<CommandResult>> waiting = new ConcurrentHashMap<>();
    private final Cache<String, CommandResult> seen =
            Caffeine.newBuilder().maximumSize(KEPT).expireAfterWrite(HORIZON).build();
    private final Cache<String, Boolean> givenUp =
            Caffeine.newBuilder().maximumSize(KEPT).expireAfterWrite(HORIZON).build();
    private @Nullable TopicFollower follower;

    KafkaCommandResults(KafkaSettings kafka, AvroSerde<SpecificRecord> serde) {
        this.kafka = kafka;
        this.serde = serde;
    }

    @Override
    public CompletableFuture<CommandResult> expect(String commandId) {
        var future = waiting.computeIfAbsent(commandId, _ -> new CompletableFuture<>());
        // decided before, and asked again with the same id
        var known = seen.getIfPresent(commandId);
        if (known != null) {
            accept(known);
        }
        return future;
    }

    @Override
    public void forget(String commandId) {
        if (waiting.remove(commandId) != null) {
            givenUp.put(commandId, true);
        }
    }

    @Override
    public Optional<CommandResult> find(String commandId) {
        return Optional.ofNullable(seen.getIfPresent(commandId));
    }

    /// @return whether it may still be decided: this instance waits or waited for it, or its id was
    ///   made within the horizon, here or by another instance
    boolean pending(String commandId, Instant now) {
        return waiting.containsKey(commandId)
                || givenUp.getIfPresent(commandId) != null
                || Ids.madeAt(commandId)
                        .filter(made -> made.isAfter(now.minus(HORIZON)))
                        .filter(made -> made.isBefore(now.plus(CLOCKS_APART)))
                        .isPresent();
    }

    void accept(SpecificRecord record) {
        var result = (CommandResult) record;
        seen.put(result.getCommandId(), withoutSubmission(result));
        givenUp.invalidate(result.getCommandId());
        var future = waiting.remove(result.getCommandId());
        if (future != null) {
            future.complete(result);
        }
    }

    /// Only who waits gets to see a submission; the memory is for ids.
    private static CommandResult withoutSubmission(CommandResult result) {
        return result.getSubmission() == null
                ? result
                : CommandResult.newBuilder(result).setSubmission(null).build();
    }

    @Override
    public synchronized void start() {
        follower =
                new TopicFollower(
                        kafka.brokers(),
                        Topics.COMMAND_RESULTS.name(),
                        HORIZON,
                        serde,
                        this::accept);
    }

    @Override
    public synchronized void stop() {
        if (follower != null) {
            follower.close();
            follower = null;
        }
    }

    @Override
    public synchronized boolean isRunning() {
        return follower != null;
    }

    /// Reads before the web server answers and until after it stopped.
    @Override
    public int getPhase() {
        return Integer.MAX_VALUE - 20_000;
    }
}
