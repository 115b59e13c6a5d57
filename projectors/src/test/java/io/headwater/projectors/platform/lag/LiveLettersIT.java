package io.headwater.projectors.platform.lag;

import static org.assertj.core.api.Assertions.assertThat;

import io.headwater.backends.Backend;
import io.headwater.backends.TestBackends;
import io.headwater.projectors.SharedTables;
import io.headwater.projectors.platform.Generation;
import io.headwater.schema.Brokers;
import io.headwater.schema.Provisioner;
import io.headwater.schema.Topics;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

/// An event that one generation could not fold is judged by the live one, and not before that has
/// said what became of it.
class LiveLettersIT {

    private static final Generation LIVE = new Generation("intake", 8801);
    private static final TopicPartition EVENTS =
            new TopicPartition(Topics.INTAKE_RECEIPTS.name(), 1);
    private static final long OFFSET = 41;

    private Admin admin;
    private JdbcClient jdbc;
    private LiveLetters letters;

    @BeforeEach
    void start() throws Exception {
        var backends = TestBackends.shared(Backend.KAFKA, Backend.POSTGRES);
        Provisioner.provideTopics(Brokers.at(backends.kafkaBootstrap()), 4, (short) 1);
        admin =
                Admin.create(
                        Map.of(
                                AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG,
                                backends.kafkaBootstrap()));
        admin.createTopics(
                        List.of(
                                new NewTopic(LIVE.viewTopic(), 4, (short) 1),
                                new NewTopic(LIVE.deadLetterTopic(), 1, (short) 1)))
                .all()
                .get();
        jdbc = SharedTables.ops();
        letters = new LiveLetters(new LogEnds(admin), jdbc);
    }

    @AfterEach
    void clear() throws Exception {
        jdbc.sql("delete from ops.projection_position where generation = 8801").update();
        jdbc.sql("delete from ops.dead_letter where generation = 8801").update();
        admin.deleteTopics(List.of(LIVE.viewTopic(), LIVE.deadLetterTopic())).all().get();
        admin.close();
    }

    @Test
    void itIsJudgedOnceTheLiveOneHasComeToItAndItsLettersAreInPostgres() throws Exception {
        assertThat(verdict()).as("never committed").isEqualTo(LiveLetters.Verdict.OPEN);

        committed(OFFSET);
        assertThat(verdict()).as("next to be read").isEqualTo(LiveLetters.Verdict.OPEN);

        letter();
        committed(OFFSET + 1);
        assertThat(verdict()).as("its letter not read yet").isEqualTo(LiveLetters.Verdict.OPEN);

        written(1);
        assertThat(verdict()).as("no letter").isEqualTo(LiveLetters.Verdict.NEW);

        recorded(EVENTS.partition(), OFFSET);
        assertThat(verdict()).isEqualTo(LiveLetters.Verdict.KNOWN);
    }

    @Test
    void aLetterOfAnotherEventIsNone() throws Exception {
        committed(OFFSET + 100);
        recorded(EVENTS.partition(), OFFSET - 1);
        recorded(EVENTS.partition() + 1, OFFSET);

        assertThat(verdict()).isEqualTo(LiveLetters.Verdict.NEW);
    }

    @Test
    void whatIsBetweenTwoStepsOfAFoldIsItsOwn() throws Exception {
        var inner = new TopicPartition("projector-intake-g8802-sums-repartition", 0);

        assertThat(letters.of(live(), inner, 0)).isEqualTo(LiveLetters.Verdict.NEW);
    }

    private LiveLetters.Verdict verdict() throws Exception {
        return letters.of(live(), EVENTS, OFFSET);
    }

    private static LogEnds.Followed live() {
        return new LogEnds.Followed(LIVE, List.of(EVENTS.topic()));
    }

    private void committed(long offset) throws Exception {
        admin.alterConsumerGroupOffsets(
                        LIVE.applicationId(), Map.of(EVENTS, new OffsetAndMetadata(offset)))
                .all()
                .get();
    }

    private void letter() throws Exception {
        try (var producer =
                new KafkaProducer<>(
                        Map.of(
                                ProducerConfig.BOOTSTRAP_SERVERS_CONFIG,
                                TestBackends.shared(Backend.KAFKA).kafkaBootstrap()),
                        new StringSerializer(),
                        new StringSerializer())) {
            producer.send(new ProducerRecord<>(LIVE.deadLetterTopic(), "k", "v")).get();
        }
    }

    private void written(long next) {
        jdbc.sql(
                        """
                        insert into ops.projection_position
                            (projection, generation, topic, part, next_offset)
                        values ('intake', 8801, :topic, 0, :next)\
                        """)
                .param("topic", LIVE.deadLetterTopic())
                .param("next", next)
                .update();
    }

    private void recorded(int part, long offset) {
        jdbc.sql(
                        """
                        insert into ops.dead_letter
                            (projection, generation, topic, part, "offset", stage, cause)
                        values ('intake', 8801, :topic, :part, :offset, 'process', 'test')\
                        """)
                .param("topic", EVENTS.topic())
                .param("part", part)
                .param("offset", offset)
                .update();
    }
}
