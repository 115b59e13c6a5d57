package io.headwater.projectors;

import static org.awaitility.Awaitility.await;

import io.headwater.schema.AvroSerde;
import io.headwater.schema.Brokers;
import io.headwater.schema.Provisioner;
import io.headwater.schema.SchemaIds;
import io.headwater.schema.Slots;
import io.headwater.schema.Topics;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Future;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.awaitility.core.ConditionTimeoutException;
import org.jspecify.annotations.Nullable;
import org.postgresql.ds.PGSimpleDataSource;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.util.FileSystemUtils;

/// The application between a real Kafka and a real Postgres, with topics provided, a producer of
/// events and a client of the tables.
public final class Platform implements AutoCloseable {

    public static final int PARTITIONS = 4;

    private final String bootstrap;
    private final String jdbcUrl;
    private final String user;
    private final String password;
    private final Path folder;
    private final Path schemas;
    private final AvroSerde<SpecificRecord> serde;
    private final KafkaProducer<String, byte[]> producer;
    private final JdbcClient jdbc;
    private final List<Future<?>> sent = new ArrayList<>();
    private @Nullable ConfigurableApplicationContext app;

    public Platform(String bootstrap, String jdbcUrl, String user, String password) {
        try {
            this.bootstrap = bootstrap;
            this.jdbcUrl = jdbcUrl;
            this.user = user;
            this.password = password;
            folder = Files.createTempDirectory("projectors-it-");
            schemas = SchemaFile.write(folder);
            serde = new AvroSerde<>(ids());
            Provisioner.provideTopics(Brokers.at(bootstrap), PARTITIONS, (short) 1);
            producer =
                    new KafkaProducer<>(
                            Map.of(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrap),
                            new StringSerializer(),
                            new ByteArraySerializer());
            var source = new PGSimpleDataSource();
            source.setUrl(jdbcUrl);
            source.setUser(user);
            source.setPassword(password);
            jdbc = JdbcClient.create(source);
        } catch (IOException unwritable) {
            throw new UncheckedIOException(unwritable);
        }
    }

    public SchemaIds ids() {
        return SchemaFile.ids(schemas);
    }

    /// Gone at the end.
    public Path folder() {
        return folder;
    }

    public String bootstrap() {
        return bootstrap;
    }

    public JdbcClient jdbc() {
        return jdbc;
    }

    public ConfigurableApplicationContext start(String... more) {
        var started = Projectors.start(arguments(more).toArray(String[]::new));
        app = started;
        return started;
    }

    /// What the application is told.
    ///
    /// @param more take the place of those of the same name
    List<String> arguments(String... more) {
        List<String> args =
                new ArrayList<>(
                        List.of(
                                "--headwater.kafka.bootstrap-servers=" + bootstrap,
                                "--headwater.schemas.cache-file=" + schemas,
                                "--headwater.postgres.url=" + jdbcUrl,
                                "--headwater.postgres.user=" + user,
                                "--headwater.postgres.password=" + password,
                                "--headwater.state-dir=" + folder.resolve("state"),
                                "--server.port=0"));
        for (String one : more) {
            // Spring makes a list of what is given twice.
            String name = one.substring(0, one.indexOf('=') + 1);
            args.removeIf(arg -> arg.startsWith(name));
            args.add(one);
        }
        return args;
    }

    public String health() throws IOException, InterruptedException {
        return answer("/health");
    }

    /// What the application answers, whatever the status.
    public String answer(String path) throws IOException, InterruptedException {
        var running = java.util.Objects.requireNonNull(app);
        String port = running.getEnvironment().getProperty("local.server.port");
        var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path)).build();
        try (var http = HttpClient.newHttpClient()) {
            return http.send(request, HttpResponse.BodyHandlers.ofString()).body();
        }
    }

    public void stop() {
        var running = app;
        app = null;
        if (running != null) {
            running.close();
        }
    }

    /// As on a new machine: the folds restore their stores from Kafka.
    public void deleteState() {
        delete(folder.resolve("state"));
    }

    /// Tracking records, to the partition of their session's slot.
    public void track(String sessionId, SpecificRecord event) {
        int partition = Slots.partition(Slots.slotOfSession(sessionId), PARTITIONS);
        send(Topics.TRACKING_EVENTS, partition, sessionId, event);
    }

    public void lead(String siteId, SpecificRecord event) {
        send(Topics.LEAD_EVENTS, null, siteId, event);
    }

    public void receipt(String siteId, SpecificRecord event) {
        send(Topics.INTAKE_RECEIPTS, null, siteId, event);
    }

    /// Wherever the site belongs.
    public void receipt(int partition, String siteId, SpecificRecord event) {
        send(Topics.INTAKE_RECEIPTS, partition, siteId, event);
    }

    public void raw(String topic, int partition, String key, byte[] value) {
        sent.add(producer.send(new ProducerRecord<>(topic, partition, key, value)));
    }

    /// Until the brokers have all of it.
    public void flush() throws Exception {
        for (var one : sent) {
            one.get();
        }
        sent.clear();
    }

    @Override
    public void close() {
        stop();
        producer.close();
        try {
            delete(folder);
        } catch (ConditionTimeoutException inUse) {
            // A test that passed does not fail for what is left of it.
            System.err.println(folder + " stays: " + inUse.getMessage());
        }
    }

    /// A fold that did not stop within its limit goes on writing files for a while.
    private static void delete(Path folder) {
        await().atMost(Duration.ofSeconds(30))
                .ignoreException(IOException.class)
                .until(() -> {
                    FileSystemUtils.deleteRecursively(folder);
                    return !Files.exists(folder);
                });
    }

    private void send(
            Topics.Topic topic, @Nullable Integer partition, String key, SpecificRecord event) {
        byte[] value = serde.serialize(topic.name(), event);
        sent.add(producer.send(new ProducerRecord<>(topic.name(), partition, key, value)));
    }
}
