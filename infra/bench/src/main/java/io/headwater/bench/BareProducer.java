package io.headwater.bench;

import io.headwater.events.tracking.EventsTracked;
import io.headwater.events.tracking.TrackedEvent;
import io.headwater.schema.AvroSerde;
import io.headwater.schema.SchemaIds;
import io.headwater.schema.Topics;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.atomic.LongAdder;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.jspecify.annotations.Nullable;

/// The yardstick of (a): one producer that does nothing but keep so many records outstanding, of
/// the size that one tracked event has on its topic. Its own topic goes away at the end.
final class BareProducer implements AutoCloseable {

    private static final String TOPIC = "bench.acks";
    private static final int PARTITIONS = 4;

    private final Admin admin;
    private final KafkaProducer<String, byte[]> producer;
    private final Semaphore room;
    private final int outstanding;
    private final byte[] value = oneEvent();

    BareProducer(String bootstrap, int outstanding) {
        this.outstanding = outstanding;
        room = new Semaphore(outstanding);
        admin = Admin.create(Map.of("bootstrap.servers", bootstrap));
        admin.createTopics(List.of(new NewTopic(TOPIC, PARTITIONS, (short) 1)));
        producer =
                new KafkaProducer<>(
                        Map.of(
                                ProducerConfig.BOOTSTRAP_SERVERS_CONFIG,
                                bootstrap,
                                ProducerConfig.ACKS_CONFIG,
                                "all",
                                ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG,
                                true,
                                ProducerConfig.COMPRESSION_TYPE_CONFIG,
                                "lz4",
                                // The best of 0, 1 and 5 with 64 outstanding.
                                ProducerConfig.LINGER_MS_CONFIG,
                                1),
                        new StringSerializer(),
                        new ByteArraySerializer());
    }

    int recordBytes() {
        return value.length;
    }

    /// @return acknowledged records per second
    double run(Duration duration) throws InterruptedException {
        var acknowledged = new LongAdder();
        var failure = new AtomicReference<@Nullable Exception>();
        long start = System.nanoTime();
        long end = start + duration.toNanos();
        for (int i = 0; System.nanoTime() < end; i++) {
            room.acquire();
            producer.send(
                    new ProducerRecord<>(TOPIC, i % PARTITIONS, "key", value),
                    (sent, failed) -> {
                        room.release();
                        if (failed == null) {
                            acknowledged.increment();
                        } else {
                            failure.set(failed);
                        }
                    });
        }
        room.acquire(outstanding);
        room.release(outstanding);
        Exception failed = failure.get();
        if (failed != null) {
            throw new IllegalStateException("the bare producer failed", failed);
        }
        return acknowledged.sum() / ((System.nanoTime() - start) / 1e9);
    }

    @Override
    public void close() {
        producer.close();
        admin.deleteTopics(List.of(TOPIC));
        admin.close();
    }

    private static byte[] oneEvent() {
        Instant now = Instant.now();
        var event =
                TrackedEvent.newBuilder()
                        .setType("click")
                        .setOccurredAt(now)
                        .setPage("/bench/pricing")
                        .setX(640)
                        .setY(360)
                        .setElement("button#request-quote")
                        .build();
        var record =
                EventsTracked.newBuilder()
                        .setSessionId(UUID.randomUUID().toString())
                        .setEvents(List.of(event))
                        .setReceivedAt(now)
                        .build();
        byte[] bytes =
                new AvroSerde<EventsTracked>(SchemaIds.inMemory())
                        .serialize(Topics.TRACKING_EVENTS.name(), record);
        if (bytes == null) {
            throw new AssertionError("a record has bytes");
        }
        return bytes;
    }
}
