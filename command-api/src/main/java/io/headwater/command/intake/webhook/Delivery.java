package io.headwater.command.intake.webhook;

import io.headwater.command.platform.web.body.Body;
import java.time.Instant;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// One request of a provider: bytes as they came, read only when somebody asks.
final class Delivery {

    private final UnaryOperator<@Nullable String> headers;
    private final byte[] bytes;
    private final Set<Body.Kind> accepted;
    private final Instant receivedAt;
    private @Nullable Body parsed;

    Delivery(
            UnaryOperator<@Nullable String> headers,
            byte[] bytes,
            Set<Body.Kind> accepted,
            Instant receivedAt) {
        this.headers = headers;
        this.bytes = bytes;
        this.accepted = accepted;
        this.receivedAt = receivedAt;
    }

    @Nullable String header(String name) {
        return headers.apply(name);
    }

    UnaryOperator<@Nullable String> headers() {
        return headers;
    }

    byte[] bytes() {
        return bytes;
    }

    Instant receivedAt() {
        return receivedAt;
    }

    /// @throws io.headwater.command.platform.web.body.UnreadableBodyException for broken bodies
    /// @throws io.headwater.command.platform.web.body.UnsupportedBodyException for the wrong type
    Body body() {
        if (parsed == null) {
            parsed = Body.parse(headers.apply("Content-Type"), bytes, accepted);
        }
        return parsed;
    }

    JsonNode tree() {
        return body().tree();
    }
}
