package io.headwater.launcher;

import io.headwater.backends.Backend;
import io.headwater.backends.Backends;
import io.headwater.backends.ChildProcess;
import io.headwater.backends.ChildSpec;
import io.headwater.backends.Folders;
import io.headwater.backends.Installation;
import io.headwater.backends.Ports;
import io.headwater.backends.SecuredKafka;
import io.headwater.backends.TestBackends;
import io.headwater.schema.Acls;
import io.headwater.schema.Brokers;
import io.headwater.schema.KafkaAccount;
import io.headwater.schema.KafkaSecurity;
import io.headwater.schema.Provisioner;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import tools.jackson.databind.json.JsonMapper;

/// The four applications as a cluster runs them: a process each, told everything by settings, at a
/// Kafka that lets nobody do anything that is not on the list of [io.headwater.schema.KafkaGrants].
final class SecuredPlatform implements AutoCloseable {

    private static final int PARTITIONS = 2;
    private static final Duration START_LIMIT = Duration.ofMinutes(5);
    private static final Duration STOP_LIMIT = Duration.ofSeconds(40);

    private final SecuredKafka kafka = SecuredKafka.start();
    private final Backends backends =
            TestBackends.shared(Backend.POSTGRES, Backend.S3, Backend.REGISTRY);
    private final Path folder;
    private final int portOffset = freeOffset();
    private final DataFolder data;
    private final Secrets secrets;
    private final Map<KafkaAccount, Map<String, String>> accounts =
            new EnumMap<>(KafkaAccount.class);
    private final Map<App, ChildProcess> running = new EnumMap<>(App.class);

    SecuredPlatform() throws IOException, ExecutionException, InterruptedException {
        folder = Files.createTempDirectory("headwater-secured-it-");
        data = new DataFolder(folder);
        data.create();
        secrets = Secrets.of(data);
        try (var operator = Admin.create(operator().settings())) {
            for (var account : KafkaAccount.values()) {
                accounts.put(account, kafka.account(operator, account.label()));
            }
        }
        Acls.apply(operator(), "User:");
        Provisioner.provideTopics(brokers(KafkaAccount.PROVISION), PARTITIONS, (short) 1);
        Provisioner.provideSchemas(backends.registryUrl(), data.schemaCache().toString());
        for (App app : App.values()) {
            running.put(app, ChildProcess.start(spec(app)));
        }
        running.values().forEach(ChildProcess::awaitReady);
    }

    /// As who may do everything.
    Brokers operator() {
        return brokers(kafka.admin());
    }

    Brokers brokers(KafkaAccount account) {
        return brokers(environment(account));
    }

    Map<String, String> environment(KafkaAccount account) {
        return Objects.requireNonNull(accounts.get(account));
    }

    String registryUrl() {
        return backends.registryUrl();
    }

    String bootstrap() {
        return kafka.bootstrap();
    }

    URI url(App app) {
        return URI.create(app.url(portOffset));
    }

    String adminKey() {
        return secrets.adminApiKey();
    }

    /// Returns when it has ended.
    void stop(App app) {
        Objects.requireNonNull(running.get(app)).close();
    }

    /// What an application has logged.
    String log(App app) throws IOException {
        return Files.readString(output(app));
    }

    Map<String, String> vault() {
        return Map.of(
                "VAULT_URL", backends.jdbcUrl(),
                "VAULT_USER", backends.jdbcVaultUser(),
                "VAULT_KEK", data.kek().toUri().toString());
    }

    /// For what a command keeps on disk.
    Path work() throws IOException {
        return Files.createDirectories(folder.resolve("work"));
    }

    private ChildSpec spec(App app) {
        var options =
                Options.parse(
                        "up",
                        "--root",
                        Installation.find().root().toString(),
                        "--data",
                        folder.toString(),
                        "--port-offset",
                        String.valueOf(portOffset));
        var settings = new HashMap<>(new AppSettings(data, secrets, backends, options).of(app));
        // these come from the environment, as an operator gives them
        settings.remove("headwater.kafka.bootstrap-servers");
        settings.remove("logging.config");
        settings.put("headwater.access.decision-wait", "20s");
        settings.put("headwater.command-api.answer-limit", "60s");
        var environment = new HashMap<String, String>();
        // query-api is told nothing of Kafka
        if (app != App.QUERY_API) {
            environment.putAll(environment(KafkaAccount.valueOf(app.name())));
        }
        environment.put(
                "SPRING_APPLICATION_JSON", JsonMapper.shared().writeValueAsString(settings));
        return new ChildSpec(
                app.label(),
                List.of(
                        "-Xmx256m",
                        "-XX:+UseSerialGC",
                        "-XX:TieredStopAtLevel=1",
                        "--enable-native-access=ALL-UNNAMED",
                        "--sun-misc-unsafe-memory-access=allow"),
                Installation.find().withBackends(app.label()),
                "io.headwater.backends.child.AppMain",
                List.of(app.mainClass()),
                environment,
                output(app),
                START_LIMIT,
                STOP_LIMIT);
    }

    private Path output(App app) {
        return data.logs().resolve(app.label() + ".out");
    }

    private static Brokers brokers(Map<String, String> environment) {
        return new Brokers(
                Objects.requireNonNull(environment.get("KAFKA_BOOTSTRAP_SERVERS")),
                KafkaSecurity.of(environment));
    }

    private static int freeOffset() {
        int offset = Ports.free().kafka() - 15_000;
        for (App app : App.values()) {
            if (Ports.isTaken(app.port(offset))) {
                return freeOffset();
            }
        }
        return offset;
    }

    @Override
    public void close() {
        running.values().forEach(ChildProcess::close);
        kafka.close();
        try {
            Folders.delete(folder);
        } catch (IOException | UncheckedIOException left) {
            System.err.println("left behind: " + folder + " (" + left.getMessage() + ")");
        }
    }
}
