package io.headwater.query;

import static io.headwater.query.RunningQueryApi.ADMIN;
import static io.headwater.query.RunningQueryApi.MARKETING;
import static io.headwater.query.RunningQueryApi.NOBODY;
import static org.assertj.core.api.Assertions.assertThat;

import io.headwater.backends.Backend;
import io.headwater.backends.TestBackends;
import io.headwater.backends.openapi.AccessMatrix;
import io.headwater.backends.openapi.Answer;
import io.headwater.backends.openapi.GeneratedRequests;
import io.headwater.backends.openapi.GeneratedRequests.Call;
import io.headwater.backends.openapi.GeneratedTraffic;
import io.headwater.backends.openapi.TriedApi;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

/// Whatever is asked, by whomever: an answer or a problem document, soon, and never more than the
/// role may see. `access/matrix.txt` says what that is.
class GeneratedRequestsIT {

    private static final Duration SOON = Duration.ofSeconds(30);
    private static final JsonMapper JSON = new JsonMapper();
    private static final AccessMatrix MATRIX = AccessMatrix.beside(GeneratedRequestsIT.class);

    /// Nobody listens there: what is forwarded ends here.
    private static final String NOWHERE = "http://127.0.0.1:1";

    /// Of answers that say so.
    private static final Set<String> AWAY =
            Set.of(
                    "/problems/command-api-unavailable",
                    "/problems/projectors-unreachable",
                    "/problems/projectors-unavailable",
                    "/problems/too-many-streams");

    private static final Map<String, List<String>> KNOWN =
            Map.of(
                    "id", List.of("main_1", "s1", "sub-1"),
                    "name", List.of("leads", "sessions"),
                    "site", List.of("main"),
                    "generation", List.of("1"),
                    "zone", List.of("UTC", "Europe/Berlin"),
                    "sort", List.of("created_at_desc", "created_at_asc"));

    private static RunningQueryApi api;

    @BeforeAll
    static void start() {
        var models = EmbeddedReadModels.models();
        models.clear();
        models.lead("main_1", "email", "ada@example.com", "session_id", "s1");
        models.submission("sub-1", "email", "ada@example.com");
        models.session("s1", "visitor_id", "v1");
        var backends = TestBackends.shared(Backend.POSTGRES);
        api =
                new RunningQueryApi(
                        backends.jdbcUrl(),
                        backends.jdbcQueryUser(),
                        "",
                        "--headwater.command-api.url=" + NOWHERE,
                        "--headwater.projectors.url=" + NOWHERE,
                        // nobody carries them out
                        "--headwater.rebuild.answer-limit=200ms");
    }

    @AfterAll
    static void stop() {
        api.close();
        EmbeddedReadModels.models().clear();
    }

    @Test
    void everyDocumentedOperationIsInTheMatrix() {
        assertThat(
                        new Tried(document())
                                .requests(1).operations().stream()
                                        .map(Object::toString)
                                        .collect(Collectors.toSet()))
                .isEqualTo(MATRIX.operations());
    }

    @Test
    void noRequestBreaksTheApiOrGetsPastItsRole() {
        var outcome = GeneratedTraffic.of(new Tried(document())).run();
        System.out.println(outcome);
        assertThat(outcome.faults()).isEmpty();
        // otherwise it would prove nothing
        assertThat(outcome.statuses()).containsKeys(200, 400, 401, 403, 404);
        assertThat(outcome.statuses().get(200)).isGreaterThan(outcome.sent() / 20);
    }

    private static Map<?, ?> document() {
        return JSON.convertValue(api.get("/v3/api-docs", NOBODY).json(), Map.class);
    }

    private record Tried(Map<?, ?> document) implements TriedApi {

        @Override
        public URI at(String target) {
            return api.uri(target);
        }

        @Override
        public GeneratedRequests requests(long seed) {
            return new GeneratedRequests(document, KNOWN, seed);
        }

        @Override
        public List<Caller> callers() {
            return List.of(
                    new Caller("admin", ADMIN),
                    new Caller("marketing", MARKETING),
                    new Caller("nobody", NOBODY));
        }

        @Override
        public Duration soon() {
            return SOON;
        }

        @Override
        public @Nullable String fault(Caller caller, Call call, Answer answer) {
            if (!isAllowed(MATRIX.least(call.operation()), caller.name()) && !answer.isRefusal()) {
                return "past its role";
            }
            if (!answer.isError()) {
                return null;
            }
            String wrong = answer.faultOfProblem(Tried::json);
            if (wrong == null && answer.status() >= 500) {
                return AWAY.contains(String.valueOf(json(answer.body()).get("type")))
                        ? null
                        : "broken";
            }
            return wrong;
        }

        private static Map<?, ?> json(String body) {
            return JSON.readValue(body, Map.class);
        }

        private static boolean isAllowed(String least, String role) {
            return switch (least) {
                case "open" -> true;
                case "marketing" -> !role.equals("nobody");
                default -> role.equals("admin");
            };
        }
    }
}
