package io.headwater.backends.openapi;

import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// What was answered.
///
/// @param type empty: none
/// @param body empty of a stream, which has no end of its own
public record Answer(int status, String type, String body) {

    private static final int TRACE_ID_LENGTH = 32;

    public boolean isError() {
        return status >= 400;
    }

    /// The caller's fault, and so refused.
    public boolean isRefusal() {
        return status >= 400 && status < 500;
    }

    /// @param json reads an object
    /// @return what is wrong with an error as a problem document; null: nothing
    public @Nullable String faultOfProblem(Function<String, Map<?, ?>> json) {
        if (!type.startsWith("application/problem+json")) {
            return "an error that is no problem document";
        }
        Map<?, ?> problem = json.apply(body);
        if (!(problem.get("status") instanceof Integer told) || told != status) {
            return "a problem with another status than its answer";
        }
        if (!(problem.get("title") instanceof String title) || title.isBlank()) {
            return "a problem without a title";
        }
        if (!(problem.get("traceId") instanceof String trace)
                || trace.length() != TRACE_ID_LENGTH) {
            return "a problem that cannot be traced";
        }
        return null;
    }
}
