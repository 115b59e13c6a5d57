package io.headwater.projectors.platform.lag;

import static org.assertj.core.api.Assertions.assertThat;

import io.headwater.backends.Backend;
import io.headwater.backends.TestBackends;
import io.headwater.projectors.platform.Generation;
import io.headwater.schema.Brokers;
import io.headwater.schema.Provisioner;
import io.headwater.schema.Topics;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// What a fold has not done yet, on a real Kafka.
class LogEndsIT {

    private static final Generation GENERATION = new Generation("traffic", 8901);
    private static final TopicPartition EVENTS =
            new TopicPartition(Topics.TRACKING_EVENTS.name(), 2);
    private static final TopicPartition BETWEEN =
            new TopicPartition(GENERATION.applicationId() + "-traffic-repartition", 3);

    private String bootstrap;
    private Admin admin;

    @BeforeEach
    void start() throws Exception {
        bootstrap = TestBackends.shared(Backend.KAFKA).kafkaBootstrap();
        Provisioner.provideTopics(Brokers.at(bootstrap), 4, (short) 1);
        admin = Admin.create(Map.of("bootstrap.servers", bootstrap));
        admin.createTopics(
                        List.of(
                                new NewTopic(GENERATION.viewTopic(), 4, (short) 1),
                                new NewTopic(GENERATION.deadLetterTopic(), 1, (short) 1),
                                new NewTopic(BETWEEN.topic(), 4, (short) 1)))
                .all()
                .get();
    }

    @AfterEach
    void clear() throws Exception {
        admin.deleteTopics(
                        List.of(
                                GENERATION.viewTopic(),
                                GENERATION.deadLetterTopic(),
                                BETWEEN.topic()))
                .all()
                .get();
        admin.close();
    }

    /// The first record of a partition between two steps: nothing of it was ever committed.
    @Test
    void theFirstRecordBetweenTwoStepsIsNotDone() throws Exception {
        var logs = new LogEnds(admin);
        var followed = new LogEnds.Followed(GENERATION, List.of(EVENTS.topic()));
        committed(EVENTS, 10);
        assertThat(logs.upTo(followed, Map.of(EVENTS, 10L)).source().ends()).isEmpty();

        try (var producer =
                new KafkaProducer<>(
                        Map.of("bootstrap.servers", bootstrap),
                        new StringSerializer(),
                        new StringSerializer())) {
            producer.send(
                            new ProducerRecord<>(
                                    BETWEEN.topic(), BETWEEN.partition(), "key", "a delta"))
                    .get();
        }

        assertThat(logs.upTo(followed, Map.of(EVENTS, 10L)).source().ends())
                .containsExactly(Map.entry(BETWEEN, 1L));
        assertThat(
                        logs.read(List.of(followed))
                                .getOrDefault(GENERATION, LogEnds.NONE)
                                .source()
                                .ends())
                .containsEntry(BETWEEN, 1L);

        committed(BETWEEN, 1);
        assertThat(logs.upTo(followed, Map.of(EVENTS, 10L)).source().ends()).isEmpty();
    }

    private void committed(TopicPartition partition, long offset) throws Exception {
        admin.alterConsumerGroupOffsets(
                        GENERATION.applicationId(),
                        Map.of(partition, new OffsetAndMetadata(offset)))
                .all()
                .get();
    }
}
