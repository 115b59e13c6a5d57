package io.headwater.launcher.erase;

import io.headwater.launcher.query.Answer;
import io.headwater.launcher.query.QueryApi;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/// query-api, asked by who can do nothing without an answer: each method throws [Failed] with what
/// a problem says.
record AdminApi(QueryApi api) {

    private static final int NOT_FOUND = 404;
    private static final Duration PATIENCE = Duration.ofMinutes(5);
    private static final Duration LOOK = Duration.ofSeconds(1);

    /// Of query-api when it does not reach command-api, of command-api when the vault is away.
    private static final Set<Integer> AWAY = Set.of(502, 503, 504);

    JsonNode get(String path) throws Failed, IOException, InterruptedException {
        return good(api.get(path));
    }

    /// @return an empty object where there is nothing yet
    JsonNode find(String path) throws Failed, IOException, InterruptedException {
        return found(api.get(path));
    }

    /// As [#find], by who asks again later.
    ///
    /// @return null: whoever answers this is away; a start takes a while
    @Nullable JsonNode poll(String path) throws Failed, InterruptedException {
        try {
            var answer = api.get(path);
            return AWAY.contains(answer.status()) ? null : found(answer);
        } catch (IOException away) {
            return null;
        }
    }

    /// As [#find], by who cannot ask again later: while whoever answers this starts again it waits.
    JsonNode patiently(String path) throws Failed, InterruptedException {
        var end = Instant.now().plus(PATIENCE);
        while (Instant.now().isBefore(end)) {
            var found = poll(path);
            if (found != null) {
                return found;
            }
            Thread.sleep(LOOK);
        }
        throw new Failed(
                "%s was not answered within %d minutes".formatted(path, PATIENCE.toMinutes()));
    }

    JsonNode post(String path, String body) throws Failed, IOException, InterruptedException {
        return good(api.post(path, body));
    }

    private static JsonNode found(Answer answer) throws Failed {
        return answer.status() == NOT_FOUND ? JsonNodeFactory.instance.objectNode() : good(answer);
    }

    private static JsonNode good(Answer answer) throws Failed {
        if (!answer.good()) {
            throw new Failed(answer.problem());
        }
        return answer.body();
    }
}
