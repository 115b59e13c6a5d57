package io.headwater.command.edge;

import io.headwater.command.TestVaultKeys;
import io.headwater.command.WholeApi;
import io.headwater.command.platform.InstanceSettings;
import io.headwater.command.platform.directory.AccessDirectory;
import io.headwater.command.platform.directory.DirectoryProgress;
import io.headwater.command.platform.directory.SourceDirectory;
import io.headwater.command.platform.kafka.TopicScan;
import io.headwater.command.platform.result.CommandResults;
import io.headwater.command.platform.web.body.Json;
import io.headwater.vault.PersonalKeys;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.springframework.boot.Banner;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.ComponentScan;
import tools.jackson.databind.JsonNode;

/// The edge as it runs, on a free port. Registered as an extension it begins each test anew and
/// ends with the class.
final class EdgeServer implements AutoCloseable, BeforeEachCallback, AfterAllCallback {

    private static final String POSTGRES = "--headwater.postgres.url=";

    /// Nobody listens there: the edge needs no database.
    static final String NO_POSTGRES = POSTGRES + "jdbc:postgresql://127.0.0.1:1/headwater";

    final RecordingLog log = new RecordingLog();
    final FakeResults results = new FakeResults();
    final FakeDirectory directory = new FakeDirectory();
    final int port;
    private final ConfigurableApplicationContext context;
    private final HttpClient client =
            HttpClient.newBuilder().followRedirects(HttpClient.Redirect.NEVER).build();

    EdgeServer(String... settings) {
        this(new Class<?>[] {Slice.class}, settings);
    }

    /// @param slice names the beans, with or without the fakes of this server
    EdgeServer(Class<?>[] slice, String... settings) {
        var arguments = new ArrayList<>(List.of("--server.port=0"));
        arguments.addAll(List.of(settings));
        if (arguments.stream().noneMatch(setting -> setting.startsWith(POSTGRES))) {
            arguments.add(NO_POSTGRES);
        }
        context =
                new SpringApplicationBuilder(slice)
                        .registerShutdownHook(false)
                        .bannerMode(Banner.Mode.OFF)
                        .initializers(fresh -> {
                            var beans = fresh.getBeanFactory();
                            beans.registerSingleton("server", this);
                        })
                        .run(arguments.toArray(String[]::new));
        port = port(context);
        reset();
    }

    private EdgeServer(ConfigurableApplicationContext whole) {
        context = whole;
        port = port(whole);
    }

    /// The whole application that the tests share, see [WholeApi]: nothing in it is a fake, and
    /// nobody closes it.
    static EdgeServer whole() {
        return new EdgeServer(WholeApi.shared());
    }

    private static int port(ConfigurableApplicationContext context) {
        return context.getEnvironment().getRequiredProperty("local.server.port", Integer.class);
    }

    @Override
    public void beforeEach(ExtensionContext test) {
        reset();
    }

    @Override
    public void afterAll(ExtensionContext tests) {
        close();
    }

    void reset() {
        log.clear();
        results.reset();
        directory.reset();
    }

    <T> T bean(Class<T> type) {
        return context.getBean(type);
    }

    /// @param headers name, value, name, value …
    Answer post(String path, String contentType, byte[] body, String... headers) {
        var request =
                HttpRequest.newBuilder(uri(path))
                        .POST(HttpRequest.BodyPublishers.ofByteArray(body));
        if (!contentType.isEmpty()) {
            request.header("Content-Type", contentType);
        }
        return send(request, headers);
    }

    Answer json(String path, String body, String... headers) {
        return post(path, "application/json", body.getBytes(StandardCharsets.UTF_8), headers);
    }

    Answer patch(String path, String body, String... headers) {
        return send(
                HttpRequest.newBuilder(uri(path))
                        .header("Content-Type", "application/json")
                        .method("PATCH", HttpRequest.BodyPublishers.ofString(body)),
                headers);
    }

    Answer call(String method, String path, String... headers) {
        return send(
                HttpRequest.newBuilder(uri(path))
                        .method(method, HttpRequest.BodyPublishers.noBody()),
                headers);
    }

    /// With a JSON body, by any method.
    Answer body(String method, String path, String body, String... headers) {
        return send(
                HttpRequest.newBuilder(uri(path))
                        .method(method, HttpRequest.BodyPublishers.ofString(body))
                        .header("Content-Type", "application/json"),
                headers);
    }

    record Answer(int status, HttpResponse<String> response) {
        JsonNode json() {
            return Json.read(response.body());
        }

        String text(String member) {
            return String.valueOf(Json.text(json().get(member)));
        }

        String header(String name) {
            return response.headers().firstValue(name).orElse("");
        }
    }

    private Answer send(HttpRequest.Builder request, String... headers) {
        for (int i = 0; i < headers.length; i += 2) {
            request.header(headers[i], headers[i + 1]);
        }
        try {
            var response = client.send(request.build(), HttpResponse.BodyHandlers.ofString());
            return new Answer(response.statusCode(), response);
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(stopped);
        }
    }

    private URI uri(String path) {
        return URI.create("http://127.0.0.1:" + port + path);
    }

    @Override
    public void close() {
        client.close();
        context.close();
    }

    /// Not annotated as configuration, so that no other context finds it.
    @EnableAutoConfiguration
    @ComponentScan({
        "io.headwater.command.access.pages",
        "io.headwater.command.intake",
        "io.headwater.command.tracking",
        "io.headwater.command.platform.enrich",
        "io.headwater.command.platform.postgres",
        "io.headwater.command.platform.web"
    })
    @ConfigurationPropertiesScan({
        "io.headwater.command.intake",
        "io.headwater.command.tracking",
        "io.headwater.command.platform.enrich",
        "io.headwater.command.platform.postgres",
        "io.headwater.command.platform.web"
    })
    @EnableConfigurationProperties(InstanceSettings.class)
    static class Slice {

        @Bean
        static PersonalKeys personalKeys() {
            return TestVaultKeys.names().data();
        }

        @Bean
        static RecordingLog log(EdgeServer server) {
            return server.log;
        }

        @Bean
        static CommandResults commandResults(EdgeServer server) {
            return server.results;
        }

        @Bean
        static AccessDirectory accessDirectory(EdgeServer server) {
            return server.directory;
        }

        @Bean
        static SourceDirectory sourceDirectory() {
            return new NoSourceDetails();
        }

        @Bean
        static DirectoryProgress directoryProgress() {
            return new SeenAtOnce();
        }

        /// There is no log to be read.
        @Bean
        static TopicScan topicScan() {
            return (_, _, _, _, _) -> true;
        }
    }
}
