package io.headwater.launcher.projections;

import io.headwater.launcher.query.Answer;
import io.headwater.launcher.query.NotRunningException;
import io.headwater.launcher.query.QueryApi;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// `/api/projections` of the query-api that runs on some data, with its admin key.
final class OperatorApi {
    static final JsonMapper JSON = JsonMapper.builder().build();

    private static final String ROOT = "/api/projections";

    private final QueryApi api;

    private OperatorApi(QueryApi api) {
        this.api = api;
    }

    /// It does not answer now; a later attempt may find it.
    static final class Away extends Exception {
        private static final long serialVersionUID = 1L;

        Away(String message) {
            super(message);
        }
    }

    /// @param data of the running platform
    /// @throws OperatorException when none runs there
    static OperatorApi of(Path data) {
        try {
            return new OperatorApi(QueryApi.on(data));
        } catch (NotRunningException none) {
            throw new OperatorException(none.reason(), none);
        }
    }

    /// All generations, also those that are gone.
    ///
    /// @throws OperatorException when there is no such projection
    List<Generation> generations(String projection) throws Away {
        return generations(good(get("/" + projection + "?all=true")));
    }

    /// Those that are not gone, of all projections.
    List<Generation> generations() throws Away {
        return generations(good(get("")));
    }

    private static List<Generation> generations(Answer answer) {
        return answer.body().valueStream().map(Generation::new).toList();
    }

    /// What a projection's generation was compared with, and how; 404 when it was not.
    Answer report(String projection, int generation) throws Away {
        return get("/" + projection + "/generations/" + generation + "/report");
    }

    /// Comparisons of some keys with what their events give, the newest first.
    List<Sample> samples(String projection) throws Away {
        return good(get("/" + projection + "/samples"))
                .body()
                .valueStream()
                .map(Sample::new)
                .toList();
    }

    /// @return 202, or the problem that says why not
    Answer ask(String projection, String action, JsonNode options) throws Away {
        return call(() ->
                api.post(ROOT + "/" + projection + "/" + action, JSON.writeValueAsString(options)));
    }

    private Answer get(String path) throws Away {
        return call(() -> api.get(ROOT + path));
    }

    private static Answer good(Answer answer) throws Away {
        if (answer.status() >= 500) {
            throw new Away("query-api answered " + answer.status() + ": " + answer.detail());
        }
        if (!answer.good()) {
            throw new OperatorException(answer.detail());
        }
        return answer;
    }

    private interface Call {
        Answer answer() throws IOException, InterruptedException;
    }

    private Answer call(Call call) throws Away {
        Answer answer;
        try {
            answer = call.answer();
        } catch (IOException away) {
            throw new Away("query-api does not answer at " + api.base());
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new OperatorException("interrupted", stopped);
        }
        if (answer.status() == 401 || answer.status() == 403) {
            throw new OperatorException(
                    api.base() + " does not take the key of this data's run file");
        }
        return answer;
    }
}
