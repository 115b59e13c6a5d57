package io.headwater.command.platform.state;

import io.headwater.schema.Brokers;
import io.headwater.streams.StoreMemory;
import io.headwater.streams.StreamsSettings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Properties;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BiConsumer;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.streams.CloseOptions;
import org.apache.kafka.streams.CloseOptions.GroupMembershipOperation;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler.StreamThreadExceptionResponse;
import org.jspecify.annotations.Nullable;

/// The decider's application with another topology over the same stores: instead of deciding
/// commands it folds events. Same application id, store names and partitions, so its changelogs are
/// those of the decider, with their settings; each commit holds events and stores together.
final class StateFoldApp implements AutoCloseable {

    private static final Duration CLOSE_LIMIT = Duration.ofSeconds(30);

    /// Longer than a decider's: nobody waits for an answer.
    private static final Duration COMMIT = Duration.ofSeconds(1);

    private static final long STORE_MEMORY = 128 << 20;

    /// Told from a second run by mistake.
    private final String client = "rebuild-state-" + UUID.randomUUID();

    private final KafkaStreams streams;
    private final StoreMemory memory;
    private final Path work;
    private final AtomicReference<@Nullable Throwable> died = new AtomicReference<>();

    /// @param clients read the events
    StateFoldApp(
            DeciderHistory<?, ?> history,
            Brokers brokers,
            FoldClients clients,
            Path work,
            Instant now,
            BiConsumer<String, String> broken) {
        this.work = work;
        this.memory = new StoreMemory(STORE_MEMORY);
        empty();
        streams =
                new KafkaStreams(
                        topology(history, now, broken), settings(history, brokers), clients);
        streams.setUncaughtExceptionHandler(failed -> {
            died.compareAndSet(null, failed);
            return StreamThreadExceptionResponse.SHUTDOWN_CLIENT;
        });
    }

    static <E, S extends SpecificRecord> Topology topology(
            DeciderHistory<E, S> history, Instant now, BiConsumer<String, String> broken) {
        var spec = history.decider().spec();
        String source = spec.name() + "-history";
        String node = spec.name() + "-fold";
        var topology = new Topology();
        topology.addSource(
                source,
                new StringDeserializer(),
                new ByteArrayDeserializer(),
                spec.events().name());
        topology.addProcessor(node, () -> new FoldProcessor<>(history, now, broken), source);
        history.decider().allStores().forEach(store -> topology.addStateStore(store, node));
        return topology;
    }

    private Properties settings(DeciderHistory<?, ?> history, Brokers brokers) {
        var p =
                new StreamsSettings(
                                history.decider().spec().applicationId(),
                                client,
                                brokers.settings(),
                                work,
                                COMMIT,
                                Math.max(1, Runtime.getRuntime().availableProcessors() / 2),
                                0,
                                memory)
                        .toProperties();
        p.put(StreamsConfig.STATESTORE_CACHE_MAX_BYTES_CONFIG, 0);
        // what retention takes away while it is read must not be skipped unseen
        p.put(StreamsConfig.mainConsumerPrefix(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG), "none");
        return p;
    }

    void start() {
        streams.start();
    }

    boolean isMine(String clientId) {
        return clientId.startsWith(client);
    }

    /// @throws StateException when a thread died
    void requireAlive() {
        var failed = died.get();
        if (failed != null) {
            throw new StateException("the events cannot be folded: " + root(failed), failed);
        }
    }

    private static Throwable root(Throwable failed) {
        Throwable at = failed;
        while (at.getCause() != null) {
            at = at.getCause();
        }
        return at;
    }

    private void empty() {
        if (!Files.exists(work)) {
            return;
        }
        try (var files = Files.walk(work)) {
            List<Path> deepestFirst = files.sorted(Comparator.reverseOrder()).toList();
            for (Path file : deepestFirst) {
                Files.delete(file);
            }
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    @Override
    public void close() {
        streams.close(
                CloseOptions.timeout(CLOSE_LIMIT)
                        .withGroupMembershipOperation(GroupMembershipOperation.LEAVE_GROUP));
        memory.close();
        empty();
    }
}
