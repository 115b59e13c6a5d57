package io.headwater.launcher.erase;

import io.headwater.launcher.query.Answer;
import io.headwater.launcher.query.QueryApi;
import java.io.IOException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/// query-api, asked by who can do nothing without an answer: each method throws [Failed] with what
/// a problem says.
record AdminApi(QueryApi api) {

    private static final int NOT_FOUND = 404;

    JsonNode get(String path) throws Failed, IOException, InterruptedException {
        return good(api.get(path));
    }

    /// @return an empty object where there is nothing yet
    JsonNode find(String path) throws Failed, IOException, InterruptedException {
        var answer = api.get(path);
        return answer.status() == NOT_FOUND ? JsonNodeFactory.instance.objectNode() : good(answer);
    }

    JsonNode post(String path, String body) throws Failed, IOException, InterruptedException {
        return good(api.post(path, body));
    }

    private static JsonNode good(Answer answer) throws Failed {
        if (!answer.good()) {
            throw new Failed(answer.problem());
        }
        return answer.body();
    }
}
