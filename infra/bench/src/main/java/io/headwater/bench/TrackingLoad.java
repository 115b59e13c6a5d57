package io.headwater.bench;

import io.headwater.events.tracking.EventsTracked;
import io.headwater.events.tracking.SessionStarted;
import io.headwater.events.tracking.TrackedEvent;
import io.headwater.schema.AvroSerde;
import io.headwater.schema.SchemaIds;
import io.headwater.schema.Slots;
import io.headwater.schema.Topics;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringSerializer;
import org.jspecify.annotations.Nullable;

/// Fills the tracking topic with sessions of five records each, in a chosen order.
final class TrackingLoad {

    static final int RECORDS_PER_SESSION = 5;
    private static final int CLICKS_PER_SESSION = RECORDS_PER_SESSION - 1;

    private final String bootstrap;
    private final SchemaIds ids;
    private final int partitions;

    TrackingLoad(String bootstrap, SchemaIds ids, int partitions) {
        this.bootstrap = bootstrap;
        this.ids = ids;
        this.partitions = partitions;
    }

    static long clicks(long records) {
        return records / RECORDS_PER_SESSION * CLICKS_PER_SESSION;
    }

    /// @param active sessions that take turns: all of them for far, a thousand for near
    /// @return records written
    long fill(int sessions, int active, long seed) {
        var failure = new AtomicReference<@Nullable Exception>();
        long written = 0;
        try (var producer =
                new KafkaProducer<>(
                        Map.<String, Object>of(
                                ProducerConfig.BOOTSTRAP_SERVERS_CONFIG,
                                bootstrap,
                                ProducerConfig.COMPRESSION_TYPE_CONFIG,
                                "lz4",
                                ProducerConfig.BATCH_SIZE_CONFIG,
                                256 * 1024,
                                ProducerConfig.LINGER_MS_CONFIG,
                                20),
                        new StringSerializer(),
                        new AvroSerde<SpecificRecord>(ids))) {
            var random = new Random(seed);
            for (int first = 0; first < sessions; first += active) {
                int count = Math.min(active, sessions - first);
                Instant at = Instant.now();
                String[] session = new String[count];
                for (int record = 0; record < RECORDS_PER_SESSION; record++) {
                    for (int i = 0; i < count; i++) {
                        String visitor = "bench-visitor-" + seed + "-" + (first + i);
                        if (record == 0) {
                            session[i] = Slots.newSessionId(visitor, at, random);
                        }
                        var value =
                                record == 0
                                        ? started(session[i], visitor, at)
                                        : clicked(session[i], visitor, at.plusSeconds(record));
                        producer.send(
                                new ProducerRecord<>(
                                        Topics.TRACKING_EVENTS.name(),
                                        Slots.partition(
                                                Slots.slotOfSession(session[i]), partitions),
                                        session[i],
                                        value),
                                (sent, failed) -> {
                                    if (failed != null) {
                                        failure.set(failed);
                                    }
                                });
                        written++;
                    }
                }
            }
        }
        Exception failed = failure.get();
        if (failed != null) {
            throw new IllegalStateException("the tracking topic could not be filled", failed);
        }
        return written;
    }

    private static SpecificRecord started(String session, String visitor, Instant at) {
        return SessionStarted.newBuilder()
                .setSessionId(session)
                .setVisitorId(visitor)
                .setDeviceId("bench-device")
                .setFingerprintId("bench-fingerprint")
                .setSiteId("main")
                .setPage("/bench")
                .setUtmSource("newsletter")
                .setUtmCampaign("spring")
                .setDeviceType("desktop")
                .setCountry("NL")
                .setStartedAt(at)
                .setReceivedAt(at)
                .build();
    }

    private static SpecificRecord clicked(String session, String visitor, Instant at) {
        return EventsTracked.newBuilder()
                .setSessionId(session)
                .setVisitorId(visitor)
                .setEvents(
                        List.of(
                                TrackedEvent.newBuilder()
                                        .setType("click")
                                        .setOccurredAt(at)
                                        .setPage("/bench/pricing")
                                        .setX(640)
                                        .setY(360)
                                        .setElement("button#request-quote")
                                        .build()))
                .setReceivedAt(at)
                .build();
    }
}
