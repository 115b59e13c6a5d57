package io.headwater.command.intake.signature;

import io.headwater.command.platform.web.body.Body;
import io.headwater.command.platform.web.body.Json;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// A request with a JSON body, or none.
record TestRequest(
        String method, String url, Map<String, String> headers, byte[] bytes, Instant receivedAt)
        implements SignedRequest {

    TestRequest {
        var anyCase = new TreeMap<String, String>(String.CASE_INSENSITIVE_ORDER);
        anyCase.putAll(headers);
        headers = anyCase;
    }

    TestRequest withBody(byte[] other) {
        return new TestRequest(method, url, headers, other, receivedAt);
    }

    TestRequest withHeaders(Map<String, String> other) {
        return new TestRequest(method, url, other, bytes, receivedAt);
    }

    TestRequest at(Duration later) {
        return new TestRequest(method, url, headers, bytes, receivedAt.plus(later));
    }

    @Override
    public @Nullable String header(String name) {
        return headers.get(name);
    }

    @Override
    public ObjectNode query() {
        int mark = url.indexOf('?');
        return Body.query(mark < 0 ? null : url.substring(mark + 1));
    }

    @Override
    public JsonNode tree() {
        return Json.read(new String(bytes, StandardCharsets.UTF_8));
    }
}
