package io.headwater.command.lead;

import static io.headwater.schema.SampleEvents.SITE;
import static org.awaitility.Awaitility.await;

import io.headwater.backends.Backend;
import io.headwater.backends.Backends;
import io.headwater.backends.TestBackends;
import io.headwater.command.TestLog;
import io.headwater.command.TestSchemas;
import io.headwater.command.platform.axon.DeciderRunner;
import io.headwater.command.platform.kafka.CommittedLog;
import io.headwater.command.platform.state.EventSource;
import io.headwater.command.platform.state.StateAudit;
import io.headwater.events.command.CommandResult;
import io.headwater.schema.AvroSerde;
import io.headwater.schema.Provisioner;
import io.headwater.schema.Topics;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.stream.IntStream;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.springframework.util.FileSystemUtils;

/// The lead decider on a Kafka of its own, for all tests of a class: takes commands, tells their
/// results, is stopped and started again on the same files.
@SuppressWarnings("NullAway.Init")
final class RunningDecider implements BeforeAllCallback, AfterAllCallback {

    /// Of an answer, and of an audit.
    static final Duration LIMIT = Duration.ofMinutes(2);

    private static final int PARTITIONS = 2;

    private final AvroSerde<SpecificRecord> serde = new AvroSerde<>(TestSchemas.ids());
    private final Map<String, List<CommandResult>> answers = new HashMap<>();
    private Path folder;
    private Backends backends;
    private TestLog log;
    private Admin admin;
    private KafkaProducer<String, SpecificRecord> producer;
    private CommittedLog results;
    private DeciderRunner decider;

    @Override
    public void beforeAll(ExtensionContext context) {
        backends = TestBackends.fresh();
        backends.start(Backend.KAFKA);
        Provisioner.provideTopics(bootstrap(), PARTITIONS, (short) 1);
        try {
            folder = Files.createTempDirectory("headwater-decider-");
        } catch (IOException full) {
            throw new UncheckedIOException(full);
        }
        log = new TestLog(bootstrap());
        admin = Admin.create(Map.of(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrap()));
        producer =
                new KafkaProducer<>(
                        Map.of(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrap()),
                        new StringSerializer(),
                        serde);
        results = new CommittedLog(bootstrap(), partitions(Topics.COMMAND_RESULTS.name()));
        start();
    }

    @Override
    public void afterAll(ExtensionContext context) {
        producer.close();
        results.close();
        decider.stop();
        admin.close();
        backends.close();
        FileSystemUtils.deleteRecursively(folder.toFile());
    }

    void start() {
        decider = DeciderProcess.runner(bootstrap(), folder, "one");
        decider.start();
    }

    void stop() {
        decider.stop();
    }

    String bootstrap() {
        return backends.kafkaBootstrap();
    }

    TestLog log() {
        return log;
    }

    Admin admin() {
        return admin;
    }

    /// Of what is made anew.
    Path work() {
        return folder.resolve("work");
    }

    static List<TopicPartition> partitions(String topic) {
        return IntStream.range(0, PARTITIONS)
                .mapToObj(partition -> new TopicPartition(topic, partition))
                .toList();
    }

    /// @return what was decided; of a command that is sent again, what was decided last
    CommandResult ask(String id, SpecificRecord command) {
        int before = answers(id).size();
        write(new ProducerRecord<>(Topics.LEAD_COMMANDS.name(), SITE, command));
        await().atMost(LIMIT)
                .pollInterval(Duration.ofMillis(20))
                .until(() -> answers(id).size() > before);
        return answers(id).getLast();
    }

    /// Anything on any topic; returns when it is there.
    void write(ProducerRecord<String, SpecificRecord> record) {
        try {
            producer.send(record).get();
        } catch (InterruptedException | ExecutionException failed) {
            throw new IllegalStateException(failed);
        }
    }

    private List<CommandResult> answers(String id) {
        results.read(record -> {
            var result = (CommandResult) serde.deserialize(record.topic(), record.value());
            answers.computeIfAbsent(record.key(), _ -> new ArrayList<>()).add(result);
        });
        return answers.getOrDefault(id, List.of());
    }

    long events() {
        return log.read(Topics.LEAD_EVENTS.name()).size();
    }

    StateAudit.Report audit() {
        var history = LeadHistory.of(TestSchemas.ids(), Duration.ofHours(24));
        return new StateAudit<>(history, EventSource.kafka(bootstrap()), null).run(LIMIT);
    }
}
