package io.headwater.command;

import static org.awaitility.Awaitility.await;

import io.headwater.backends.Backend;
import io.headwater.backends.Backends;
import io.headwater.backends.TestBackends;
import io.headwater.command.platform.InstanceSettings;
import io.headwater.command.platform.axon.DeciderMetrics;
import io.headwater.command.platform.axon.DeciderRunner;
import io.headwater.command.platform.axon.DeciderSettings;
import io.headwater.command.platform.kafka.CommittedLog;
import io.headwater.command.platform.kafka.KafkaSettings;
import io.headwater.command.platform.state.DeciderHistory;
import io.headwater.command.platform.state.EventSource;
import io.headwater.command.platform.state.StateAudit;
import io.headwater.command.platform.state.StateRebuild;
import io.headwater.events.command.CommandResult;
import io.headwater.schema.AvroSerde;
import io.headwater.schema.Brokers;
import io.headwater.schema.KafkaSecurity;
import io.headwater.schema.Provisioner;
import io.headwater.schema.Topics;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringSerializer;
import org.jspecify.annotations.Nullable;
import org.springframework.util.FileSystemUtils;
import org.springframework.util.unit.DataSize;

/// A decider on a Kafka of its own: takes commands, tells their results, is stopped and started
/// again on the same files.
public final class RunningDecider implements AutoCloseable {

    /// Of an answer, and of an audit.
    public static final Duration LIMIT = Duration.ofMinutes(2);

    private static final int PARTITIONS = 2;

    private final DeciderHistory<?, ?> history;
    private final AvroSerde<SpecificRecord> serde = new AvroSerde<>(TestSchemas.ids());
    private final Map<String, List<CommandResult>> answers = new HashMap<>();
    private final Path folder;
    private final Backends backends;
    private final TestLog log;
    private final Admin admin;
    private final KafkaProducer<String, SpecificRecord> producer;
    private final CommittedLog results;
    private @Nullable DeciderRunner decider;

    public RunningDecider(DeciderHistory<?, ?> history) {
        this.history = history;
        backends = TestBackends.fresh();
        backends.start(Backend.KAFKA);
        Provisioner.provideTopics(Brokers.at(bootstrap()), PARTITIONS, (short) 1);
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
        results =
                new CommittedLog(
                        Brokers.at(bootstrap()), partitions(Topics.COMMAND_RESULTS.name()));
        start();
    }

    @Override
    public void close() {
        producer.close();
        results.close();
        stop();
        admin.close();
        backends.close();
        FileSystemUtils.deleteRecursively(folder.toFile());
    }

    public void start() {
        decider =
                new DeciderRunner(
                        history.decider(),
                        new DeciderMetrics(new SimpleMeterRegistry(), history.name()),
                        new KafkaSettings(
                                bootstrap(),
                                KafkaSecurity.NONE,
                                Duration.ofSeconds(5),
                                1000,
                                DataSize.ofMegabytes(8)),
                        new DeciderSettings(1, Duration.ofMillis(100), 0, DataSize.ofMegabytes(32)),
                        new InstanceSettings("one", folder, URI.create("http://127.0.0.1")));
        decider.start();
    }

    public void stop() {
        if (decider != null) {
            decider.stop();
            decider = null;
        }
    }

    public String bootstrap() {
        return backends.kafkaBootstrap();
    }

    public TestLog log() {
        return log;
    }

    public Admin admin() {
        return admin;
    }

    /// Of what is made anew.
    public Path work() {
        return folder.resolve("work");
    }

    public static List<TopicPartition> partitions(String topic) {
        return IntStream.range(0, PARTITIONS)
                .mapToObj(partition -> new TopicPartition(topic, partition))
                .toList();
    }

    /// @return what was decided; of a command that is sent again, what was decided last
    ///
    /// @param key of the record
    public CommandResult ask(String key, String id, SpecificRecord command) {
        int before = answers(id).size();
        tell(key, command);
        return answer(id, before + 1);
    }

    /// Does not wait for what is decided.
    public void tell(String key, SpecificRecord command) {
        write(new ProducerRecord<>(history.decider().spec().commands().name(), key, command));
    }

    /// @return what was decided of a command that was told once
    public CommandResult answer(String id) {
        return answer(id, 1);
    }

    private CommandResult answer(String id, int times) {
        await().atMost(LIMIT)
                .pollInterval(Duration.ofMillis(20))
                .until(() -> answers(id).size() >= times);
        return answers(id).getLast();
    }

    /// Anything on any topic; returns when it is there.
    public void write(ProducerRecord<String, SpecificRecord> record) {
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

    public long events() {
        return log.read(history.decider().spec().events().name()).size();
    }

    public StateAudit.Report audit() {
        return audit(EventSource.kafka(Brokers.at(bootstrap())));
    }

    public StateAudit.Report audit(EventSource source) {
        return audit(history, source);
    }

    private static <E, S extends SpecificRecord> StateAudit.Report audit(
            DeciderHistory<E, S> history, EventSource source) {
        return new StateAudit<>(history, source, null).run(LIMIT);
    }

    /// @param progress told every line
    public StateRebuild.Outcome rebuild(EventSource source, Consumer<String> progress) {
        return new StateRebuild(history, source, work(), progress).run();
    }

    /// The changelogs are lost; what is on disk no longer belongs to any.
    public void loseState() throws Exception {
        String own = history.decider().spec().applicationId() + "-";
        var changelogs =
                admin.listTopics().names().get().stream()
                        .filter(name -> name.startsWith(own))
                        .toList();
        if (changelogs.isEmpty()) {
            throw new IllegalStateException("there is no state");
        }
        admin.deleteTopics(changelogs).all().get();
        await().atMost(LIMIT)
                .until(() ->
                        admin.listTopics().names().get().stream()
                                .noneMatch(name -> name.startsWith(own)));
    }
}
