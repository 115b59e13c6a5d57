package io.headwater.command.platform.kafka;

import io.headwater.schema.AvroSerde;
import io.headwater.schema.AvroSerde.SchemaUnavailableException;
import io.headwater.schema.Brokers;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Reads all committed records of a topic into memory, from some point on, for as long as it lives:
/// every instance sees everything, no consumer group. Faults of the broker are waited out; then it
/// goes on where it was.
///
/// What it reads is derived and idempotent: after a fault a record may come twice.
public final class TopicFollower implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(TopicFollower.class);
    private static final Duration POLL = Duration.ofMillis(500);
    private static final Duration PAUSE = Duration.ofMillis(500);

    private final Brokers brokers;
    private final String topic;
    private final @Nullable Duration horizon;
    private final AvroSerde<SpecificRecord> serde;
    private final Consumer<SpecificRecord> reader;
    private final Map<TopicPartition, Long> positions = new ConcurrentHashMap<>();
    private final Map<TopicPartition, Long> targets = new HashMap<>();
    private final Thread thread;
    private volatile boolean running = true;
    private final CompletableFuture<Void> caughtUp = new CompletableFuture<>();
    private volatile boolean connected;
    private volatile @Nullable KafkaConsumer<byte[], byte[]> consumer;

    /// @param horizon how far back to begin; null: at the beginning
    /// @param reader called by one thread, for each record in the order of its partition
    public TopicFollower(
            Brokers brokers,
            String topic,
            @Nullable Duration horizon,
            AvroSerde<SpecificRecord> serde,
            Consumer<SpecificRecord> reader) {
        this.brokers = brokers;
        this.topic = topic;
        this.horizon = horizon;
        this.serde = serde;
        this.reader = reader;
        this.thread = Thread.ofPlatform().daemon().name("follow-" + topic).start(this::run);
    }

    /// @return completes when it has read all that was there when it first reached the broker
    public CompletableFuture<Void> caughtUp() {
        return caughtUp;
    }

    /// @return whether the last request to the broker worked
    public boolean connected() {
        return connected;
    }

    /// @param offsets by partition, as text
    /// @return whether everything before them was read, and handed to the reader
    public boolean reached(Map<String, Long> offsets) {
        return offsets.entrySet().stream()
                .allMatch(one -> {
                    var partition = new TopicPartition(topic, Integer.parseInt(one.getKey()));
                    return positions.getOrDefault(partition, 0L) >= one.getValue();
                });
    }

    private void run() {
        while (running) {
            try (var fresh = new KafkaConsumer<byte[], byte[]>(settings(brokers))) {
                consumer = fresh;
                follow(fresh);
            } catch (WakeupException stopped) {
                return;
            } catch (RuntimeException fault) {
                connected = false;
                log.atWarn()
                        .addKeyValue("topic", topic)
                        .addKeyValue("fault", fault.toString())
                        .log("cannot follow, trying again");
                pause();
            }
        }
    }

    private void follow(KafkaConsumer<byte[], byte[]> from) {
        List<TopicPartition> partitions =
                from.partitionsFor(topic).stream()
                        .map(info -> new TopicPartition(topic, info.partition()))
                        .toList();
        if (partitions.isEmpty()) {
            throw new KafkaException("there is no topic " + topic);
        }
        from.assign(partitions);
        if (targets.isEmpty()) {
            targets.putAll(from.endOffsets(partitions));
        }
        if (positions.isEmpty()) {
            positions.putAll(begin(from, partitions));
        }
        positions.forEach(from::seek);
        connected = true;
        while (running) {
            for (var record : from.poll(POLL)) {
                read(record.value());
            }
            for (var partition : partitions) {
                positions.put(partition, from.position(partition));
            }
            if (!caughtUp.isDone() && reached()) {
                caughtUp.complete(null);
            }
        }
    }

    private boolean reached() {
        return targets.entrySet().stream()
                .allMatch(e -> positions.getOrDefault(e.getKey(), 0L) >= e.getValue());
    }

    private Map<TopicPartition, Long> begin(
            KafkaConsumer<byte[], byte[]> from, List<TopicPartition> partitions) {
        if (horizon == null) {
            return from.beginningOffsets(partitions);
        }
        long since = Instant.now().minus(horizon).toEpochMilli();
        var wanted = new HashMap<TopicPartition, Long>();
        partitions.forEach(partition -> wanted.put(partition, since));
        var ends = from.endOffsets(partitions);
        // nothing as young as that: begin at the end
        var found = new HashMap<TopicPartition, Long>(ends);
        from.offsetsForTimes(wanted)
                .forEach((partition, offset) -> {
                    if (offset != null) {
                        found.put(partition, offset.offset());
                    }
                });
        return found;
    }

    private void read(byte[] value) {
        try {
            var record = serde.deserialize(topic, value);
            if (record != null) {
                reader.accept(record);
            }
        } catch (SchemaUnavailableException away) {
            // it can be read later: nothing is passed over
            throw away;
        } catch (SerializationException foreign) {
            log.atError().addKeyValue("topic", topic).setCause(foreign).log("unreadable record");
        }
    }

    /// Of who reads committed records without a group.
    static Map<String, Object> settings(Brokers brokers) {
        var config = brokers.settings();
        config.put(ConsumerConfig.KEY_DESERIALIZER_CLASS_CONFIG, ByteArrayDeserializer.class);
        config.put(ConsumerConfig.VALUE_DESERIALIZER_CLASS_CONFIG, ByteArrayDeserializer.class);
        config.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        config.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        config.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
        config.put(ConsumerConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, 10_000);
        config.put(ConsumerConfig.REQUEST_TIMEOUT_MS_CONFIG, 5_000);
        config.put(ConsumerConfig.RECONNECT_BACKOFF_MAX_MS_CONFIG, 500);
        config.put(ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG, 500);
        config.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
        return config;
    }

    private void pause() {
        try {
            synchronized (this) {
                if (running) {
                    wait(PAUSE.toMillis());
                }
            }
        } catch (InterruptedException stopped) {
            running = false;
        }
    }

    @Override
    public void close() {
        running = false;
        synchronized (this) {
            notifyAll();
        }
        var current = consumer;
        if (current != null) {
            current.wakeup();
        }
        try {
            thread.join(Duration.ofSeconds(5));
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }
}
