package io.headwater.command.intake.signature;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// What a proof of origin may be about.
public interface SignedRequest {

    /// Upper case.
    String method();

    /// As the provider called it: scheme, host, path and query.
    String url();

    /// @return the first value of this name, null when it was not sent
    @Nullable String header(String name);

    /// Of the query string: an object of strings, of arrays where a name repeats.
    ObjectNode query();

    /// As they came.
    byte[] bytes();

    /// The body, parsed.
    ///
    /// @throws io.headwater.command.platform.web.body.UnreadableBodyException for broken bodies
    /// @throws io.headwater.command.platform.web.body.UnsupportedBodyException for the wrong type
    JsonNode tree();

    Instant receivedAt();
}
