package io.headwater.schema;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.avro.Schema;

/// A Confluent-compatible registry behind a memory of what it said: ids never change, so nothing is
/// asked twice.
///
/// Only "not found" in the registry's own words (40401 subject, 40403 schema) says that a schema is
/// unknown. Everything else, a refused password or too many requests included, says nothing of it.
///
/// source: Confluent Schema Registry API, `POST /subjects/{subject}`, `GET /schemas/ids/{id}`
final class RegistrySchemaIds implements SchemaIds {

    static final ObjectMapper JSON = new ObjectMapper();
    private static final String CONTENT_TYPE = "application/vnd.schemaregistry.v1+json";
    private static final int NOT_FOUND = 404;
    private static final Duration TIME_LIMIT = Duration.ofSeconds(10);

    private final Map<Schema, Integer> ids = new ConcurrentHashMap<>();
    private final Map<Integer, Schema> schemas = new ConcurrentHashMap<>();
    private final String url;
    private final HttpClient http =
            HttpClient.newBuilder()
                    .version(HttpClient.Version.HTTP_1_1)
                    .connectTimeout(Duration.ofSeconds(5))
                    .build();

    private RegistrySchemaIds(String url) {
        this.url = url.endsWith("/") ? url.substring(0, url.length() - 1) : url;
    }

    static RegistrySchemaIds open(String registryUrl, String cacheFile) {
        var opened = new RegistrySchemaIds(registryUrl);
        if (!cacheFile.isEmpty() && Files.exists(Path.of(cacheFile))) {
            readCache(Path.of(cacheFile)).forEach((id, schema) -> opened.remember(id, schema));
        }
        return opened;
    }

    @Override
    public int idOf(String subject, Schema schema) throws IOException {
        Integer known = ids.get(schema);
        if (known != null) {
            return known;
        }
        var found =
                call("POST", "/subjects/" + encode(subject), Map.of("schema", schema.toString()));
        return remember(found.get("id").asInt(), schema);
    }

    @Override
    public Schema schemaOf(int id) throws IOException {
        Schema known = schemas.get(id);
        if (known != null) {
            return known;
        }
        var parsed =
                new Schema.Parser()
                        .parse(call("GET", "/schemas/ids/" + id, Map.of()).get("schema").asText());
        schemas.put(id, parsed);
        return parsed;
    }

    /// Used by provisioning only.
    int register(String subject, Schema schema) throws IOException {
        var answer =
                call(
                        "POST",
                        "/subjects/" + encode(subject) + "/versions",
                        Map.of("schema", schema.toString()));
        return remember(answer.get("id").asInt(), schema);
    }

    /// Used by provisioning only.
    void requireCompatibility(String level) throws IOException {
        call("PUT", "/config", Map.of("compatibility", level));
    }

    String url() {
        return url;
    }

    boolean knows(Schema schema) {
        return ids.containsKey(schema);
    }

    /// Replaces the file in one step, so that a reader never sees half of it.
    void writeCache(Path file) throws IOException {
        var entries = new LinkedHashMap<String, String>();
        schemas.entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .forEach(entry ->
                        entries.put(String.valueOf(entry.getKey()), entry.getValue().toString()));
        Path parent = file.toAbsolutePath().getParent();
        Files.createDirectories(parent);
        Path half = Files.createTempFile(parent, "schemas", ".tmp");
        Files.writeString(half, JSON.writerWithDefaultPrettyPrinter().writeValueAsString(entries));
        Files.move(
                half,
                file,
                java.nio.file.StandardCopyOption.REPLACE_EXISTING,
                java.nio.file.StandardCopyOption.ATOMIC_MOVE);
    }

    private static Map<Integer, Schema> readCache(Path file) {
        try {
            var entries = new LinkedHashMap<Integer, Schema>();
            JSON.readTree(file.toFile())
                    .properties()
                    .forEach(entry ->
                            entries.put(
                                    Integer.valueOf(entry.getKey()),
                                    new Schema.Parser().parse(entry.getValue().asText())));
            return entries;
        } catch (IOException unreadable) {
            throw new IllegalStateException("cannot read the schema cache " + file, unreadable);
        }
    }

    private int remember(int id, Schema schema) {
        schemas.putIfAbsent(id, schema);
        ids.put(schema, id);
        return id;
    }

    private JsonNode call(String method, String path, Map<String, String> body) throws IOException {
        var request =
                HttpRequest.newBuilder(URI.create(url + path))
                        .timeout(TIME_LIMIT)
                        .header("Accept", CONTENT_TYPE)
                        .header("Content-Type", CONTENT_TYPE)
                        .method(
                                method,
                                body.isEmpty()
                                        ? HttpRequest.BodyPublishers.noBody()
                                        : HttpRequest.BodyPublishers.ofString(
                                                JSON.writeValueAsString(body)))
                        .build();
        try {
            var answer = http.send(request, HttpResponse.BodyHandlers.ofString());
            if (answer.statusCode() / 100 == 2) {
                return JSON.readTree(answer.body());
            }
            String said =
                    "schema registry answered "
                            + answer.statusCode()
                            + " to "
                            + method
                            + " "
                            + path
                            + ": "
                            + answer.body();
            if (answer.statusCode() == NOT_FOUND && isRegistrys(answer.body())) {
                throw new UnknownSchemaException(said);
            }
            throw new IOException(said);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while asking the schema registry", stopped);
        }
    }

    /// A proxy, or another path than the registry's, says 404 as well, and knows nothing of
    /// schemas.
    private static boolean isRegistrys(String notFound) {
        try {
            return JSON.readTree(notFound).path("error_code").asInt() / 100 == NOT_FOUND;
        } catch (IOException noJson) {
            return false;
        }
    }

    private static String encode(String subject) {
        return URLEncoder.encode(subject, StandardCharsets.UTF_8);
    }
}
