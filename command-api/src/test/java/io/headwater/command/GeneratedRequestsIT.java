package io.headwater.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.headwater.backends.openapi.AccessMatrix;
import io.headwater.backends.openapi.Answer;
import io.headwater.backends.openapi.GeneratedRequests;
import io.headwater.backends.openapi.GeneratedRequests.Call;
import io.headwater.backends.openapi.GeneratedTraffic;
import io.headwater.backends.openapi.TriedApi;
import io.headwater.backends.openapi.TriedApi.Caller;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import tools.jackson.databind.json.JsonMapper;

/// Whatever is sent, by whomever: an answer or a problem document, soon, and never more than the
/// role may do. `access/matrix.txt` says what that is.
@ExtendWith(WholeApi.class)
class GeneratedRequestsIT {

    private static final Duration SOON = Duration.ofSeconds(60);
    private static final Caller ADMIN = new Caller("admin", WholeApi.ADMIN);

    /// Of nobody: it is looked for all the same.
    private static final UUID SUBMISSION = new UUID(1, 1);

    private static final JsonMapper JSON = new JsonMapper();
    private static final AccessMatrix MATRIX = AccessMatrix.beside(GeneratedRequestsIT.class);

    /// What a decision leaves behind: its result for an hour, and what it made, for good.
    private static final long KEPT_OF_A_DECISION = 1 << 10;

    /// What concerns the site `main`, which other tests use, unless a site is named.
    private static final Set<String> OF_MAIN_BY_DEFAULT =
            Set.of(
                    "/analytics/settings",
                    "/analytics/ip-lists",
                    "/analytics/ip-lists/{entryId}",
                    "/analytics/forms",
                    "/analytics/forms/{formId}",
                    "/analytics/integrations",
                    "/admin/sources",
                    "/admin/quarantine/plans",
                    "/admin/import/leads",
                    "/admin/import/sessions");

    private static RunningApi api;
    private static String site;

    @BeforeAll
    static void start() {
        api = RunningApi.shared();
        site =
                api.call(
                                "POST",
                                "/analytics/sites",
                                "{\"site_key\":\"pk_%s\"}".formatted(UUID.randomUUID()))
                        .text("site_id");
        assertThat(site).isNotEmpty();
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
        assertThat(outcome.statuses().get(200)).isGreaterThan(outcome.sent() / 50);
    }

    private static Map<?, ?> document() {
        return JSON.convertValue(api.call("GET", "/v3/api-docs", "").body(), Map.class);
    }

    private record Tried(Map<?, ?> document) implements TriedApi {

        @Override
        public URI at(String target) {
            String port =
                    String.valueOf(api.context().getEnvironment().getProperty("local.server.port"));
            return URI.create("http://127.0.0.1:" + port + target);
        }

        @Override
        public GeneratedRequests requests(long seed) {
            return new GeneratedRequests(
                    document,
                    Map.of(
                            "site_id", List.of(site),
                            "site", List.of(site),
                            "id", List.of(site),
                            "submission_ids", List.of(site + "_" + SUBMISSION),
                            "provider", List.of("generic", "typeform", "meta", "stripe")),
                    seed);
        }

        @Override
        public List<Caller> callers() {
            return List.of(
                    ADMIN, new Caller("marketing", WholeApi.MARKETING), new Caller("nobody", ""));
        }

        @Override
        public Duration soon() {
            return SOON;
        }

        @Override
        public boolean isSent(Caller caller, Call call) {
            return !caller.equals(ADMIN)
                    || call.operation().method().equals("GET")
                    || !OF_MAIN_BY_DEFAULT.contains(call.operation().path())
                    || call.toString().contains(site);
        }

        @Override
        public @Nullable String fault(Caller caller, Call call, Answer answer) {
            if (answer.status() >= 500) {
                return "broken";
            }
            boolean mayNot =
                    MATRIX.least(call.operation()).equals("admin") && !caller.equals(ADMIN);
            if (mayNot && !answer.isRefusal()) {
                return "past its role";
            }
            return answer.isError()
                    ? answer.faultOfProblem(body -> JSON.readValue(body, Map.class))
                    : null;
        }

        @Override
        public long kept(Caller caller, Call call, Answer answer) {
            boolean isDecided = !call.operation().method().equals("GET") && !answer.isError();
            return isDecided ? KEPT_OF_A_DECISION : 0;
        }
    }
}
