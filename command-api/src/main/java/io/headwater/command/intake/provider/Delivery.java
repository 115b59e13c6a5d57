package io.headwater.command.intake.provider;

import io.headwater.command.intake.signature.SignedRequest;
import io.headwater.command.platform.web.body.Body;
import io.headwater.command.platform.web.body.Json;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// One request of a provider: bytes as they came, read only when somebody asks.
public final class Delivery implements SignedRequest {

    private final String method;
    private final Supplier<String> url;
    private final @Nullable String query;
    private final Headers headers;
    private final byte[] bytes;
    private final Set<Body.Kind> accepted;
    private final Instant receivedAt;
    private @Nullable ObjectNode parameters;
    private @Nullable Body parsed;

    /// @param url as the provider called it
    /// @param query as sent, without the question mark
    /// @param accepted kinds of body that the preset reads
    public Delivery(
            String method,
            Supplier<String> url,
            @Nullable String query,
            Headers headers,
            byte[] bytes,
            Set<Body.Kind> accepted,
            Instant receivedAt) {
        this.method = method;
        this.url = url;
        this.query = query;
        this.headers = headers;
        this.bytes = bytes;
        this.accepted = accepted;
        this.receivedAt = receivedAt;
    }

    /// Header fields; case does not matter in names.
    public interface Headers {
        /// @return the first value of this name
        @Nullable String first(String name);

        Collection<String> names();

        static Headers of(Map<String, String> fields) {
            var anyCase = new TreeMap<String, String>(String.CASE_INSENSITIVE_ORDER);
            anyCase.putAll(fields);
            return new Headers() {
                @Override
                public @Nullable String first(String name) {
                    return anyCase.get(name);
                }

                @Override
                public Collection<String> names() {
                    return anyCase.keySet();
                }
            };
        }
    }

    /// A delivery made of a payload that was kept: what its headers said is no longer known, so a
    /// preset puts into the payload what it needs of them.
    public static Delivery kept(JsonNode payload, Instant receivedAt) {
        return new Delivery(
                "POST",
                () -> "",
                null,
                Headers.of(Map.of("Content-Type", "application/json")),
                Json.write(payload).getBytes(StandardCharsets.UTF_8),
                Body.ONLY_JSON,
                receivedAt);
    }

    @Override
    public String method() {
        return method;
    }

    @Override
    public String url() {
        return url.get();
    }

    @Override
    public @Nullable String header(String name) {
        return headers.first(name);
    }

    /// In any case.
    public List<String> headerNames() {
        return List.copyOf(headers.names());
    }

    @Override
    public ObjectNode query() {
        if (parameters == null) {
            parameters = Body.query(query);
        }
        return parameters;
    }

    @Override
    public byte[] bytes() {
        return bytes;
    }

    @Override
    public Instant receivedAt() {
        return receivedAt;
    }

    /// Of a request without a body, its query string.
    ///
    /// @throws io.headwater.command.platform.web.body.UnreadableBodyException for broken bodies
    /// @throws io.headwater.command.platform.web.body.UnsupportedBodyException for the wrong type
    public Body body() {
        if (parsed == null) {
            parsed =
                    bytes.length == 0 && query != null && accepted.contains(Body.Kind.QUERY)
                            ? Body.ofQuery(query)
                            : Body.parse(headers.first("Content-Type"), bytes, accepted);
        }
        return parsed;
    }

    @Override
    public JsonNode tree() {
        return body().tree();
    }
}
