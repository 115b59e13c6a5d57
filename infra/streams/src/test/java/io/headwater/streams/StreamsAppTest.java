package io.headwater.streams;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.errors.StreamsException;
import org.apache.kafka.streams.processor.api.ContextualProcessor;
import org.apache.kafka.streams.processor.api.Record;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@SuppressWarnings("NullAway.Init")
class StreamsAppTest {

    @TempDir private Path folder;

    private final StoreMemory memory = new StoreMemory(8 << 20);

    private Properties settings() {
        return new StreamsSettings(
                        "app",
                        "app-one",
                        Map.of("bootstrap.servers", "127.0.0.1:1"),
                        folder,
                        Duration.ofMillis(100),
                        1,
                        0,
                        memory)
                .toProperties();
    }

    @ParameterizedTest
    @CsvSource({"0, 1", "1, 2", "4, 16", "5, 30", "1000000, 30"})
    void waitsLongerAfterEachFailure(int failures, long seconds) {
        assertThat(StreamsApp.waitAfter(failures)).isEqualTo(Duration.ofSeconds(seconds));
    }

    @Test
    void oneThatNeverFoundItsBrokerIsClosed() {
        var app = new StreamsApp("app", copy(new StringDeserializer()), settings(), () -> {});
        app.start();
        assertThat(app.isRunning()).isFalse();
        app.close();
        assertThat(app.describe()).isEqualTo("NOT_RUNNING");
        assertThat(app.restarts()).isZero();
    }

    @Test
    void settingsAreExactlyOnceAndOneRequestAtATime() {
        assertThat(settings())
                .containsEntry(StreamsConfig.PROCESSING_GUARANTEE_CONFIG, "exactly_once_v2")
                .containsEntry(
                        StreamsConfig.producerPrefix(
                                ProducerConfig.MAX_IN_FLIGHT_REQUESTS_PER_CONNECTION),
                        1)
                .containsEntry(StreamsConfig.ENSURE_EXPLICIT_INTERNAL_RESOURCE_NAMING_CONFIG, true);
    }

    @Test
    void poisonGoesToTheDeadLettersWithItsCauseAndTheRestGoesOn() {
        var stages = new ArrayList<String>();
        var settings = settings();
        DeadLetters.parkTo("dead", settings, stages::add);
        // the driver loses what is sent for a record that reaches no processor, in a transaction
        settings.put(StreamsConfig.PROCESSING_GUARANTEE_CONFIG, StreamsConfig.AT_LEAST_ONCE);
        try (var driver = new TopologyTestDriver(copy(new Choosy()), settings)) {
            var in = driver.createInputTopic("in", new StringSerializer(), new StringSerializer());
            in.pipeInput("k", "undecodable");
            in.pipeInput("k", "unprocessable");
            in.pipeInput("k", "fine");

            var text = new StringDeserializer();
            assertThat(driver.createOutputTopic("out", text, text).readValuesToList())
                    .containsExactly("fine");
            var dead = driver.createOutputTopic("dead", text, text).readRecordsToList();
            assertThat(dead)
                    .extracting(letter -> letter.value())
                    .containsExactly("undecodable", "unprocessable");
            assertThat(stages).containsExactly(DeadLetters.DECODE, DeadLetters.PROCESS);
            byte[] cause = dead.getLast().headers().lastHeader(DeadLetters.CAUSE).value();
            assertThat(new String(cause, StandardCharsets.UTF_8))
                    .isEqualTo("UnprocessableException: not this one");
        }
    }

    @Test
    void whatIsAwayParksNothing() {
        var settings = settings();
        DeadLetters.parkTo("dead", settings);
        try (var driver = new TopologyTestDriver(copy(new Choosy()), settings)) {
            var in = driver.createInputTopic("in", new StringSerializer(), new StringSerializer());
            org.assertj.core.api.Assertions.assertThatThrownBy(() -> in.pipeInput("k", "away"))
                    .hasRootCauseInstanceOf(TimeoutException.class);
        }
    }

    @Test
    void whatACircuitDoesNotAdmitStopsTheApplicationInsteadOfBeingParked() {
        for (String poison : List.of("undecodable", "unprocessable")) {
            var asked = new ArrayList<String>();
            var settings = settings();
            DeadLetters.parkTo("dead", settings);
            DeadLetters.limit(
                    settings,
                    (topic, partition, offset) -> {
                        asked.add(topic + " " + partition + " @" + offset);
                        return offset < 1;
                    });
            settings.put(StreamsConfig.PROCESSING_GUARANTEE_CONFIG, StreamsConfig.AT_LEAST_ONCE);
            try (var driver = new TopologyTestDriver(copy(new Choosy()), settings)) {
                var in =
                        driver.createInputTopic(
                                "in", new StringSerializer(), new StringSerializer());
                in.pipeInput("k", poison);
                org.assertj.core.api.Assertions.assertThatThrownBy(() -> in.pipeInput("k", poison))
                        .isInstanceOf(StreamsException.class);

                var text = new StringDeserializer();
                assertThat(driver.createOutputTopic("dead", text, text).readValuesToList())
                        .containsExactly(poison);
                assertThat(asked).containsExactly("in 0 @0", "in 0 @1");
            }
        }
    }

    private static Topology copy(Deserializer<String> values) {
        return new Topology()
                .addSource("in", new StringDeserializer(), values, "in")
                .addProcessor("copy", Copy::new, "in")
                .addSink("out", "out", new StringSerializer(), new StringSerializer(), "copy");
    }

    private static final class Copy extends ContextualProcessor<String, String, String, String> {
        @Override
        public void process(Record<String, String> record) {
            if (record.value().equals("unprocessable")) {
                throw new UnprocessableException("not this one");
            }
            context().forward(record);
        }
    }

    private static final class Choosy implements Deserializer<String> {
        @Override
        public String deserialize(String topic, byte[] bytes) {
            String text = new String(bytes, StandardCharsets.UTF_8);
            switch (text) {
                case "undecodable" -> throw new SerializationException("not text");
                case "away" -> throw new SerializationException(new TimeoutException("registry"));
                default -> {
                    return text;
                }
            }
        }
    }
}
