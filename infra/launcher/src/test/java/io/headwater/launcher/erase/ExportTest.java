package io.headwater.launcher.erase;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;

class ExportTest {

    private static final String S1 = "sessions/2026/11/20/s1/";
    private static final String S2 = "sessions/2026/11/21/s2/";

    @TempDir private Path data;
    private final Map<String, String> answers = new ConcurrentSkipListMap<>();
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();
    private HttpServer server;
    private Path file;

    @BeforeEach
    void start() throws IOException {
        file = data.resolve("ada.zip");
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::answer);
        server.start();
        int port = server.getAddress().getPort();
        Files.createDirectories(data.resolve("run"));
        Files.writeString(
                data.resolve("run/headwater.json"),
                """
                {"query_api": "http://127.0.0.1:%1$d", "admin_api_key": "k",
                 "s3": {"endpoint": "http://127.0.0.1:%1$d", "access_key": "a",
                        "secret_key": "b", "bucket": "store"}}
                """
                        .formatted(port));
        answers.put(
                "/analytics/leads?limit=100&email=ada%40example.org",
                "{\"items\":[{\"lead_id\":\"main_1\"},{\"lead_id\":\"main_2\"}]}");
        answers.put("/admin/export/leads/main_1", export("\"main_1\",\"main_2\"", "true"));
        answers.put("/analytics/leads/main_9", "{\"lead_id\":\"main_9\"}");
        answers.put("/admin/export/leads/main_9", export("\"main_9\"", "false"));
        answers.put("/store/" + S1 + "meta.json", "{\"n\":1}");
        answers.put("/store/" + S2 + "events/1-0-2.json", "{\"n\":2}");
    }

    private static String export(String leads, String complete) {
        return """
        {"subject": {"lead_id": "main_1"}, "person": {"lead_ids": [%s]}, "erasure": null,
         "parts": [{"view": "leads", "personal": ["email"], "rows": [{"email": "ada@example.org"}]},
                   {"view": "webhooks", "rows": []}],
         "recordings": [{"session_id": "s1", "folder": "%s", "name": "s1"},
                        {"session_id": "s2", "folder": null, "name": "s2"}],
         "complete": %s}
        """
                .formatted(leads, S1, complete);
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    private void answer(HttpExchange exchange) throws IOException {
        String asked = exchange.getRequestURI().toString();
        String query = String.valueOf(exchange.getRequestURI().getQuery());
        String known = answers.get(asked);
        int status = 200;
        String body = known;
        if (query.contains("list-type=2")) {
            body = listed(query);
        } else if (query.contains("location")) {
            body = "<LocationConstraint xmlns=\"http://s3.amazonaws.com/doc/2006-03-01/\"/>";
        } else if (known == null) {
            status = 404;
            body = "{\"title\":\"There is nothing here\",\"detail\":\"no lead\"}";
        }
        byte[] bytes = String.valueOf(body).getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    /// As an object store lists what begins with a prefix, by folders when it is told to.
    private String listed(String query) {
        var given = new TreeMap<String, String>();
        for (String one : query.split("&")) {
            given.put(
                    one.split("=")[0],
                    one.contains("=") ? one.substring(one.indexOf('=') + 1) : "");
        }
        String prefix = given.getOrDefault("prefix", "");
        String delimiter = given.getOrDefault("delimiter", "");
        var folders = new TreeMap<String, String>();
        var objects = new StringBuilder();
        answers.keySet().stream()
                .filter(path -> path.startsWith("/store/" + prefix))
                .map(path -> path.substring("/store/".length()))
                .forEach(name -> {
                    int end = delimiter.isEmpty() ? -1 : name.indexOf('/', prefix.length());
                    if (end < 0) {
                        objects.append(
                                "<Contents><Key>%s</Key><Size>7</Size><LastModified>2026-11-20T12:00:00.000Z</LastModified></Contents>"
                                        .formatted(name));
                    } else {
                        folders.put(name.substring(0, end + 1), "");
                    }
                });
        folders.keySet()
                .forEach(name ->
                        objects.append(
                                "<CommonPrefixes><Prefix>%s</Prefix></CommonPrefixes>"
                                        .formatted(name)));
        return "<ListBucketResult xmlns=\"http://s3.amazonaws.com/doc/2006-03-01/\"><Name>store</Name><IsTruncated>false</IsTruncated>%s</ListBucketResult>"
                .formatted(objects);
    }

    private int run(String... words) {
        var args = new ArrayList<>(List.of(words));
        args.addAll(List.of("--data", data.toString()));
        return new Export(new PrintStream(out), new PrintStream(err)).with(args);
    }

    private int toFile(String... words) {
        var args = new ArrayList<>(List.of(words));
        args.addAll(List.of("--out", file.toString()));
        return run(args.toArray(String[]::new));
    }

    private String warned() {
        return err.toString(StandardCharsets.UTF_8);
    }

    @Test
    void allOfAPersonIsInOneFileForTheOwnerOnly() throws IOException {
        assertThat(toFile("--email", "ada@example.org")).as(warned()).isZero();

        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        try (var zip = new ZipFile(file.toFile())) {
            assertThat(zip.stream().map(Object::toString))
                    .containsExactlyInAnyOrder(
                            "person.json",
                            "index.html",
                            "recordings/" + S1 + "meta.json",
                            "recordings/" + S2 + "events/1-0-2.json");
            var person = new JsonMapper().readTree(zip.getInputStream(zip.getEntry("person.json")));
            // the second lead is merged into the first
            assertThat(person.path("exports").size()).isEqualTo(1);
            assertThat(person.path("recordings").size()).isEqualTo(2);
            try (var recording =
                    zip.getInputStream(zip.getEntry("recordings/" + S1 + "meta.json"))) {
                assertThat(recording.readAllBytes()).asString().isEqualTo("{\"n\":1}");
            }
        }
        assertThat(out.toString(StandardCharsets.UTF_8))
                .contains("ada.zip: leads 1, 2 recorded objects");
        assertThat(leftovers()).isEmpty();
    }

    @Test
    void aFileIsReplacedOnlyWhenToldTo() throws IOException {
        Files.writeString(file, "before");

        assertThat(toFile("--email", "ada@example.org")).isOne();
        assertThat(file).content().isEqualTo("before");
        assertThat(warned()).contains("--force");

        assertThat(toFile("--email", "ada@example.org", "--force")).isZero();
        assertThat(Files.size(file)).isGreaterThan(500);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
    }

    @Test
    void asJsonItIsOnStandardOutputAlone() {
        assertThat(run("--email", "ada@example.org", "--json")).isZero();

        var told = new JsonMapper().readTree(out.toString(StandardCharsets.UTF_8));
        assertThat(told.path("exports").path(0).path("complete").asBoolean()).isTrue();
        assertThat(file).doesNotExist();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "--lead main_9",
                "--lead main_7",
                "--email nobody@example.org",
                "--phone 030111222",
                "--yes",
                "",
                "--lead main_1 --json --force"
            })
    void whatIsNotWholeIsNoFile(String words) throws IOException {
        assertThat(toFile(words.isEmpty() ? new String[0] : words.split(" "))).isOne();

        assertThat(warned()).startsWith(words.contains("main_9") ? "asking" : "");
        assertThat(warned()).contains("headwater: ");
        assertThat(file).doesNotExist();
        assertThat(leftovers()).isEmpty();
    }

    @Test
    void aStoreThatDoesNotAnswerIsSaidSo() throws IOException {
        answers.put("/admin/export/leads/main_1", export("\"main_1\",\"main_2\"", "true"));
        Files.writeString(
                data.resolve("run/headwater.json"),
                Files.readString(data.resolve("run/headwater.json"))
                        .replaceAll("(\"endpoint\": \"http://127.0.0.1:)\\d+", "$11"));

        assertThat(toFile("--email", "ada@example.org")).isOne();

        assertThat(warned()).contains("headwater: recordings cannot be read");
        assertThat(file).doesNotExist();
        assertThat(leftovers()).isEmpty();
    }

    private List<Path> leftovers() throws IOException {
        try (var files = Files.list(data)) {
            return files.filter(one -> one.getFileName().toString().startsWith(".export")).toList();
        }
    }
}
