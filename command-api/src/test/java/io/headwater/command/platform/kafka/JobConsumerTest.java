package io.headwater.command.platform.kafka;

import static io.headwater.schema.SampleEvents.leadCaptured;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.headwater.events.lead.LeadCaptured;
import io.headwater.schema.AvroSerde;
import io.headwater.schema.SampleEvents;
import io.headwater.schema.SchemaIds;
import io.headwater.schema.Topics;
import io.headwater.streams.DeadLetters;
import io.headwater.streams.UnprocessableException;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class JobConsumerTest {

    private static final TopicPartition PARTITION =
            new TopicPartition(Topics.LEAD_EVENTS.name(), 0);

    private final AvroSerde<SpecificRecord> serde = new AvroSerde<>(SchemaIds.inMemory());
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final MockConsumer<byte[], byte[]> consumer = new MockConsumer<>("earliest");
    private final MockProducer<byte[], byte[]> producer =
            new MockProducer<>(true, null, new ByteArraySerializer(), new ByteArraySerializer());
    private final List<String> worked = new CopyOnWriteArrayList<>();
    private @Nullable JobConsumer jobs;

    @AfterEach
    void stop() {
        if (jobs != null) {
            jobs.stop();
        }
    }

    @Test
    void poisonIsPutAsideAndItsNeighboursAreDone() {
        var broken = "no record".getBytes(StandardCharsets.UTF_8);

        start(lead("before"), broken, lead("never"), new byte[0], lead("after"));
        eventually(() -> assertThat(committed()).isEqualTo(5));

        assertThat(worked).containsExactlyInAnyOrder("before", "after");
        assertThat(producer.history())
                .extracting(JobConsumerTest::stage)
                .containsExactlyInAnyOrder("1 decode", "2 process");
        assertThat(producer.history())
                .allSatisfy(letter -> {
                    assertThat(letter.topic()).isEqualTo(Topics.HYDRATION_DEAD_LETTERS.name());
                    assertThat(header(letter, DeadLetters.TOPIC)).isEqualTo(PARTITION.topic());
                });
        assertThat(counted("read")).isEqualTo(5);
        assertThat(counted("applied")).isEqualTo(2);
        assertThat(counted("parked")).isEqualTo(2);
        assertThat(counted("skipped")).isEqualTo(1);
    }

    @Test
    void poisonIsNotLeftBehindWhileItCannotBePutAside() {
        producer.sendException = new KafkaException("away");

        start("no record".getBytes(StandardCharsets.UTF_8), lead("after"));
        eventually(() -> assertThat(worked).containsExactly("after"));
        assertThat(committed()).isZero();
        producer.sendException = null;

        eventually(() -> assertThat(committed()).isEqualTo(2));
        assertThat(producer.history()).hasSize(1);
        assertThat(counted("parked")).isEqualTo(1);
    }

    @Test
    void jobThatFailsIsTriedAgain() {
        start(lead("late"));

        eventually(() -> assertThat(committed()).isEqualTo(1));
        assertThat(worked).containsExactly("late");
        assertThat(producer.history()).isEmpty();
        assertThat(counted("applied")).isEqualTo(1);
    }

    /// @param values none where there is nothing in it
    private void start(byte[]... values) {
        var records = new ArrayList<ConsumerRecord<byte[], byte[]>>();
        for (int i = 0; i < values.length; i++) {
            byte @Nullable [] value = values[i].length == 0 ? null : values[i];
            records.add(new ConsumerRecord<>(PARTITION.topic(), 0, i, new byte[0], value));
        }
        consumer.updateBeginningOffsets(Map.of(PARTITION, 0L));
        consumer.schedulePollTask(() -> {
            consumer.rebalance(List.of(PARTITION));
            records.forEach(consumer::addRecord);
        });
        jobs = new JobConsumer(new Work(), serde, _ -> consumer, producer, meters);
        jobs.start();
    }

    private byte[] lead(String leadId) {
        return requireNonNull(
                serde.serialize(
                        PARTITION.topic(),
                        leadCaptured(leadId, SampleEvents.submission().build())));
    }

    private long committed() {
        var offset = consumer.committed(java.util.Set.of(PARTITION)).get(PARTITION);
        return offset == null ? 0 : offset.offset();
    }

    private double counted(String what) {
        return meters.counter("jobs." + what, "job", "test").count();
    }

    private static String stage(ProducerRecord<byte[], byte[]> letter) {
        return header(letter, DeadLetters.OFFSET) + " " + header(letter, DeadLetters.STAGE);
    }

    private static String header(ProducerRecord<byte[], byte[]> letter, String name) {
        return new String(letter.headers().lastHeader(name).value(), StandardCharsets.UTF_8);
    }

    private static void eventually(org.awaitility.core.ThrowingRunnable assertion) {
        Awaitility.await().atMost(Duration.ofSeconds(20)).untilAsserted(assertion);
    }

    /// Fails once for who is late, always for who never comes.
    private final class Work implements TopicJobs {

        private final AtomicInteger attempts = new AtomicInteger();

        @Override
        public Topics.Topic topic() {
            return Topics.LEAD_EVENTS;
        }

        @Override
        public Topics.Topic deadLetters() {
            return Topics.HYDRATION_DEAD_LETTERS;
        }

        @Override
        public String name() {
            return "test";
        }

        @Override
        public void work(SpecificRecord job) {
            String lead = ((LeadCaptured) job).getLeadId();
            if (lead.equals("never")) {
                throw new UnprocessableException("nobody can do it");
            }
            if (lead.equals("late") && attempts.incrementAndGet() == 1) {
                throw new IllegalStateException("not yet");
            }
            worked.add(lead);
        }
    }
}
