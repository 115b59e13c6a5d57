package io.headwater.command.intake.preset;

import io.headwater.command.intake.mapping.Paths;
import io.headwater.command.intake.provider.Delivery;
import io.headwater.command.platform.directory.SourceConfig;
import io.headwater.command.platform.web.body.Body;
import io.headwater.command.platform.web.body.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// One delivery of a provider and what must come of it.
///
///     webhooks/<provider>/<case>.<kind>          the body as sent; kind is json, urlencoded,
///                                                multipart, xml, txt (plain) or query (a GET)
///     webhooks/<provider>/<case>.expected.json   submissions, facts, ignored: as [Views] writes
///                                                them; and what else matters of the request:
///                                                headers, and source.mapping, .options, .secrets
public record Fixture(String provider, Path file, JsonNode told) {

    /// Numbers that a double would not hold: 2^53 has 16 digits.
    public static final Pattern LONG_NUMBER = Pattern.compile("[0-9]{16,}");

    private static final String EXPECTED = ".expected.json";
    private static final Set<String> SAID = Set.of("submissions", "facts", "ignored");

    public static Stream<Fixture> all() {
        try (var files = Files.walk(root())) {
            return files
                    .filter(Files::isRegularFile)
                    .filter(file -> !file.toString().endsWith(EXPECTED))
                    .sorted()
                    .map(Fixture::of)
                    .toList()
                    .stream();
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    private static Path root() {
        URL folder = Objects.requireNonNull(Fixture.class.getResource("/webhooks"));
        try {
            return Path.of(folder.toURI());
        } catch (URISyntaxException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static Fixture of(Path file) {
        String name = file.getFileName().toString();
        Path expected = file.resolveSibling(name.substring(0, name.lastIndexOf('.')) + EXPECTED);
        String provider = root().relativize(file).getName(0).toString();
        return new Fixture(provider, file, Json.read(read(expected)));
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    /// Bytes as they are, each a character.
    String text() {
        return new String(bytes(), StandardCharsets.ISO_8859_1);
    }

    public byte[] bytes() {
        try {
            return Files.readAllBytes(file);
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    /// Those that matter besides the content type.
    public Map<String, String> headers() {
        return strings(told.path("headers"));
    }

    Delivery delivery(Set<Body.Kind> accepted) {
        var headers = new LinkedHashMap<String, String>();
        String type = contentType();
        if (type != null) {
            headers.put("Content-Type", type);
        }
        headers.putAll(headers());
        boolean get = kind().equals("query");
        return new Delivery(
                get ? "GET" : "POST",
                () -> "https://hooks.example.test/webhooks/" + provider + "/src-1",
                get ? text().strip() : null,
                Delivery.Headers.of(headers),
                get ? new byte[0] : bytes(),
                accepted,
                Deliveries.NOW);
    }

    public String kind() {
        String name = file.getFileName().toString();
        return name.substring(name.lastIndexOf('.') + 1);
    }

    /// @return null of a query string
    public @Nullable String contentType() {
        return switch (kind()) {
            case "json" -> "application/json";
            case "urlencoded" -> "application/x-www-form-urlencoded";
            case "multipart" ->
                    "multipart/form-data; boundary="
                            + text().lines().findFirst().orElseThrow().substring(2);
            case "xml" -> "application/xml";
            case "txt" -> "text/plain";
            case "query" -> null;
            default -> throw new IllegalStateException("no content type for " + file);
        };
    }

    SourceConfig source() {
        var plain = Deliveries.source(provider, strings(Paths.at(told, "source.mapping")));
        return new SourceConfig(
                plain.sourceId(),
                plain.siteId(),
                plain.name(),
                provider,
                plain.scheme(),
                List.copyOf(strings(Paths.at(told, "source.secrets")).values()),
                plain.mapping(),
                plain.mappingVersion(),
                Duration.ofMinutes(10),
                plain.personWindow(),
                plain.limits(),
                strings(Paths.at(told, "source.options")));
    }

    private static Map<String, String> strings(JsonNode object) {
        var strings = new LinkedHashMap<String, String>();
        object.properties()
                .forEach(member ->
                        strings.put(member.getKey(), String.valueOf(Json.text(member.getValue()))));
        return strings;
    }

    /// @return what must be said
    JsonNode expected() {
        ObjectNode said = JsonNodeFactory.instance.objectNode();
        told.properties().stream()
                .filter(member -> SAID.contains(member.getKey()))
                .forEach(member -> said.set(member.getKey(), member.getValue()));
        return said;
    }

    @Override
    public String toString() {
        return provider + "/" + file.getFileName();
    }
}
