package io.headwater.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.headwater.backends.Backend;
import io.headwater.backends.Backends;
import io.headwater.backends.TestBackends;
import io.headwater.schema.Brokers;
import io.headwater.schema.Provisioner;
import io.headwater.vault.PersonalKeys;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.springframework.boot.Banner;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.util.FileSystemUtils;

/// The application as it runs, on a real Kafka and Postgres, started when first asked for and
/// shared by all classes that are extended with it. A test makes a site, sources and people of its
/// own.
///
/// It answers with the decision, however slow the machine. It ends after the last test.
public final class WholeApi implements BeforeAllCallback {

    public static final String ADMIN = "admin-key";
    public static final String MARKETING = "marketing-key";

    /// Of callbacks.
    public static final String SECRET = "callback-secret";

    /// Where it says that it is.
    public static final String PUBLIC = "https://in.example.org";

    private static final Duration START_LIMIT = Duration.ofMinutes(3);

    /// Its own: plans of other tests are not its work.
    private static final String DATABASE = "whole_api";

    private static @Nullable ConfigurableApplicationContext running;
    private static @Nullable Path folder;
    private static boolean prepared;

    @Override
    public void beforeAll(ExtensionContext context) {
        context.getRoot()
                .getStore(ExtensionContext.Namespace.create(WholeApi.class))
                .computeIfAbsent("end", _ -> (AutoCloseable) WholeApi::end);
    }

    /// The one that runs.
    public static synchronized ConfigurableApplicationContext shared() {
        var context = running;
        if (context == null) {
            context = launch();
            running = context;
        }
        return context;
    }

    /// Stops it as SIGTERM does; the next one begins on the same stores.
    public static synchronized void stop() {
        if (running != null) {
            running.close();
            running = null;
        }
    }

    /// Stops it and starts it on the same stores.
    ///
    /// @param settings other than usual, like `--headwater.erasure.undo=0s`; until the next start
    public static synchronized void restart(String... settings) {
        stop();
        running = launch(settings);
    }

    /// Address of its broker.
    public static String bootstrap() {
        return TestBackends.shared(Backend.KAFKA).kafkaBootstrap();
    }

    /// Its topics, opened.
    public static TestLog log() {
        return new TestLog(bootstrap(), shared().getBean(PersonalKeys.class));
    }

    /// Address of its key-encryption key, which its state folder is not the place for.
    private static String kek() {
        return Objects.requireNonNull(folder)
                .resolveSibling(folder.getFileName() + "-vault")
                .resolve("kek.json")
                .toUri()
                .toString();
    }

    private static ConfigurableApplicationContext launch(String... settings) {
        var backends = TestBackends.shared(Backend.KAFKA, Backend.POSTGRES);
        prepare(backends);
        var context =
                new SpringApplicationBuilder(CommandApi.class, TestSchemas.class)
                        .registerShutdownHook(false)
                        .bannerMode(Banner.Mode.OFF)
                        .run(
                                with(
                                        settings,
                                        "--server.port=0",
                                        "--headwater.instance=whole-1",
                                        "--headwater.public-url=" + PUBLIC + "/",
                                        "--headwater.kafka.bootstrap-servers="
                                                + backends.kafkaBootstrap(),
                                        "--headwater.postgres.url=" + database(backends),
                                        "--headwater.state-dir=" + folder,
                                        "--headwater.vault.kek=" + kek(),
                                        "--headwater.kafka.append-limit=30s",
                                        "--headwater.access.decision-wait=30s",
                                        "--headwater.intake.decision-wait=30s",
                                        "--headwater.intake.audits-per-second=500",
                                        "--headwater.lead-http.decision-wait=30s",
                                        "--headwater.lead-http.callback-secret=" + SECRET,
                                        "--headwater.contact.decision-wait=30s",
                                        "--headwater.hydration.timeout=5s",
                                        "--headwater.hydration.first-retry=100ms",
                                        "--headwater.plans.poll=200ms",
                                        "--headwater.access.admin-api-key=" + ADMIN,
                                        "--headwater.access.marketing-api-key=" + MARKETING));
        awaitHealth(context);
        return context;
    }

    private static String[] with(String[] more, String... usual) {
        return Stream.concat(Stream.of(usual), Stream.of(more)).toArray(String[]::new);
    }

    private static void prepare(Backends backends) {
        if (prepared) {
            return;
        }
        Provisioner.provideTopics(Brokers.at(backends.kafkaBootstrap()), 4, (short) 1);
        sql(backends.jdbcUrl(), "create database " + DATABASE);
        sql(database(backends), "create schema ops_command authorization headwater_command");
        sql(database(backends), "create schema vault authorization headwater_vault");
        try {
            folder = Files.createTempDirectory("headwater-whole-api-");
        } catch (IOException full) {
            throw new UncheckedIOException(full);
        }
        prepared = true;
    }

    private static String database(Backends backends) {
        return backends.jdbcUrl().replaceAll("/headwater$", "/" + DATABASE);
    }

    private static void sql(String url, String statement) {
        try (var connection = DriverManager.getConnection(url, "postgres", "");
                var command = connection.createStatement()) {
            command.execute(statement);
        } catch (SQLException refused) {
            throw new IllegalStateException(refused);
        }
    }

    private static void awaitHealth(ConfigurableApplicationContext context) {
        String port = context.getEnvironment().getRequiredProperty("local.server.port");
        var health =
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/health")).build();
        try (var client = HttpClient.newHttpClient()) {
            await().atMost(START_LIMIT)
                    .untilAsserted(() -> {
                        var answer = client.send(health, BodyHandlers.ofString());
                        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
                    });
        }
    }

    private static synchronized void end() {
        stop();
        if (folder != null) {
            FileSystemUtils.deleteRecursively(folder.toFile());
            FileSystemUtils.deleteRecursively(
                    folder.resolveSibling(folder.getFileName() + "-vault").toFile());
        }
    }
}
