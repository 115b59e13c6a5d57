package io.headwater.command.privacy;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.headwater.command.platform.health.HealthPart;
import io.headwater.command.platform.kafka.KeptConsumer;
import io.headwater.command.platform.vault.Vault;
import io.headwater.schema.AvroSerde.SchemaUnavailableException;
import io.headwater.schema.OnlyTypes;
import io.headwater.schema.SchemaIds;
import io.headwater.schema.Topics;
import io.headwater.vault.ReadLog;
import io.headwater.vault.ReadLog.Move;
import io.headwater.vault.ReadLog.Position;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.SerializationException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/// Reads the log and notes in the vault whose data each key seals. How far it has come is noted
/// there in the same transaction, so a vault that was restored is read up to today again.
///
/// The instances share the partitions; what two of them note at once is the same.
final class ErasureReader implements SmartLifecycle, HealthPart {

    private static final Logger log = LoggerFactory.getLogger(ErasureReader.class);

    /// Links and uses that were noted last: each batch of a session's events has those of the one
    /// before.
    private static final int MOST_REMEMBERED = 100_000;

    private static final Duration POLL = Duration.ofMillis(500);

    private final Vault vault;
    private final OnlyTypes events;
    private final KeptConsumer reader;
    private volatile boolean connected;
    private boolean told;

    /// @param consumers of a group, without a position
    ErasureReader(Vault vault, SchemaIds ids, Supplier<Consumer<byte[], byte[]>> consumers) {
        this.vault = vault;
        this.events = new OnlyTypes(LearnedEvents::tells, ids);
        this.reader = new KeptConsumer("erasure-reader", consumers, this::read, this::broken);
    }

    /// Kafka or the vault: it begins again where the vault says that it was.
    private void broken(RuntimeException fault) {
        if (!told || connected) {
            log.atWarn()
                    .addKeyValue("fault", fault.toString())
                    .log("cannot note whose keys are used, trying again");
        }
        told = true;
        connected = false;
    }

    private void read(Consumer<byte[], byte[]> from) {
        var readLog = vault.erasures().log();
        var noted = new HashMap<TopicPartition, @Nullable Long>();
        // of this reading: whoever restores the vault makes it begin anew
        Cache<Object, Boolean> linked = Caffeine.newBuilder().maximumSize(MOST_REMEMBERED).build();
        from.subscribe(
                LearnedEvents.SOURCES.stream().map(Topics.Topic::name).toList(),
                new ConsumerRebalanceListener() {
                    @Override
                    public void onPartitionsRevoked(Collection<TopicPartition> partitions) {
                        partitions.forEach(noted::remove);
                    }

                    @Override
                    public void onPartitionsAssigned(Collection<TopicPartition> partitions) {
                        noted.putAll(seek(from, readLog, partitions));
                    }
                });
        while (reader.isRunning()) {
            var learned = new LearnedEvents(one -> linked.getIfPresent(one) != null);
            for (var record : from.poll(POLL)) {
                learn(learned, record);
            }
            var moves = new HashSet<Move>();
            for (var partition : from.assignment()) {
                long next = from.position(partition);
                Long before = noted.get(partition);
                if (before == null || before != next) {
                    moves.add(new Move(partition.topic(), partition.partition(), before, next));
                }
            }
            if (!moves.isEmpty()) {
                var now = learned.upTo(moves);
                readLog.learn(now);
                now.links().forEach(link -> linked.put(link, true));
                now.uses().forEach(use -> linked.put(use, true));
                moves.forEach(move ->
                        noted.put(new TopicPartition(move.topic(), move.partition()), move.next()));
            }
            connected = true;
        }
    }

    /// @return where the vault stands, of those that it knows
    private static Map<TopicPartition, Long> seek(
            Consumer<byte[], byte[]> from, ReadLog readLog, Collection<TopicPartition> partitions) {
        var known =
                readLog.positions().stream()
                        .collect(
                                Collectors.toMap(
                                        at -> new TopicPartition(at.topic(), at.partition()),
                                        Position::next));
        var fresh =
                partitions.stream()
                        .filter(partition -> !known.containsKey(partition))
                        .collect(Collectors.toSet());
        from.seekToBeginning(fresh);
        known.keySet().retainAll(partitions);
        known.forEach(from::seek);
        return known;
    }

    private void learn(LearnedEvents learned, ConsumerRecord<byte[], byte[]> record) {
        try {
            var event = events.deserialize(record.topic(), record.value());
            if (event != null) {
                learned.add(event);
                learned.used(
                        event,
                        record.key() == null
                                ? null
                                : new String(record.key(), StandardCharsets.UTF_8),
                        Instant.ofEpochMilli(record.timestamp()));
            }
        } catch (SchemaUnavailableException away) {
            throw away;
        } catch (SerializationException foreign) {
            // Nobody can read it, and so nobody has sealed anything in it.
            log.atError()
                    .addKeyValue("topic", record.topic())
                    .addKeyValue("partition", record.partition())
                    .addKeyValue("offset", record.offset())
                    .setCause(foreign)
                    .log("unreadable record");
        }
    }

    @Override
    public String name() {
        return "erasures";
    }

    @Override
    public boolean up() {
        return reader.isRunning() && connected;
    }

    /// People are forgotten later; everything else goes on.
    @Override
    public boolean required() {
        return false;
    }

    @Override
    public void start() {
        reader.start();
    }

    @Override
    public void stop() {
        reader.stop();
    }

    @Override
    public boolean isRunning() {
        return reader.isRunning();
    }
}
