package io.headwater.jobs.replay;

import static io.headwater.schema.SampleEvents.NOON;
import static io.headwater.schema.SampleEvents.VISITOR;
import static io.headwater.schema.SampleEvents.event;
import static io.headwater.schema.SampleEvents.eventsTracked;
import static io.headwater.schema.SampleEvents.sessionStarted;
import static java.util.Objects.requireNonNull;

import io.headwater.events.tracking.TrackedEvent;
import io.headwater.schema.AvroSerde;
import io.headwater.schema.SampleEvents;
import io.headwater.schema.SchemaIds;
import io.headwater.schema.Slots;
import io.headwater.schema.Topics;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;

/// Visits on `tracking.events.v1`, as the collector writes them.
final class Visits implements AutoCloseable {

    static final String TOPIC = Topics.TRACKING_EVENTS.name();
    static final int PARTITIONS = 4;

    private final KafkaProducer<String, byte[]> producer;
    private final AvroSerde<SpecificRecord> serde;
    private int visitors;

    Visits(String bootstrap, SchemaIds schemaIds) {
        serde = new AvroSerde<>(schemaIds);
        producer =
                new KafkaProducer<>(
                        Map.of("bootstrap.servers", bootstrap),
                        new StringSerializer(),
                        new ByteArraySerializer());
    }

    static int partition(String sessionId) {
        return Slots.partition(Slots.slotOfSession(sessionId), PARTITIONS);
    }

    static String folder(String sessionId) {
        return "sessions/2026/11/20/" + sessionId + "/";
    }

    /// Of another visitor each time.
    String newSession() {
        visitors++;
        return SampleEvents.session("visitor-" + visitors, visitors);
    }

    void start(String sessionId) throws Exception {
        send(sessionId, sessionStarted().setSessionId(sessionId).setVisitorId(VISITOR).build());
    }

    void click(String sessionId, int clicks) throws Exception {
        var events =
                IntStream.range(0, clicks)
                        .mapToObj(i -> event("click", NOON.plusSeconds(i)).setX(i).build())
                        .toArray(TrackedEvent[]::new);
        send(sessionId, eventsTracked(sessionId, events));
    }

    void send(String sessionId, SpecificRecord record) throws Exception {
        sendRaw(sessionId, requireNonNull(serde.serialize(TOPIC, record)));
    }

    void sendRaw(String sessionId, byte[] value) throws Exception {
        producer.send(new ProducerRecord<>(TOPIC, partition(sessionId), sessionId, value))
                .get(60, TimeUnit.SECONDS);
    }

    @Override
    public void close() {
        producer.close();
    }
}
