package io.headwater.query;

import static io.headwater.query.RunningQueryApi.ADMIN;
import static io.headwater.query.RunningQueryApi.MARKETING;
import static io.headwater.query.RunningQueryApi.NOBODY;
import static org.assertj.core.api.Assertions.assertThat;

import io.headwater.backends.Backend;
import io.headwater.backends.TestBackends;
import io.headwater.backends.openapi.GeneratedRequests;
import io.headwater.backends.openapi.GeneratedRequests.Call;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Whatever is asked, by whomever: an answer or a problem document, soon, and never more than the
/// role may see. `access/matrix.txt` says what that is.
class GeneratedRequestsIT {

    private static final int COUNT = Integer.getInteger("headwater.generated-requests", 2_000);
    private static final Duration SOON = Duration.ofSeconds(30);
    private static final int MOST_FAILURES = 10;
    private static final JsonMapper JSON = new JsonMapper();

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

    private record Answered(int status, String type, String body) {}

    private static RunningQueryApi api;
    private static HttpClient client;

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
                        "--headwater.projectors.url=" + NOWHERE);
        client = HttpClient.newHttpClient();
    }

    @AfterAll
    static void stop() {
        client.shutdownNow();
        api.close();
        EmbeddedReadModels.models().clear();
    }

    @Test
    void everyDocumentedOperationIsInTheMatrix() {
        assertThat(
                        generated(1).operations().stream()
                                .map(Object::toString)
                                .collect(Collectors.toSet()))
                .isEqualTo(matrix().keySet());
    }

    @Test
    void noRequestBreaksTheApiOrGetsPastItsRole() {
        long seed = GeneratedRequests.seed();
        var requests = generated(seed);
        var operations = requests.operations();
        var matrix = matrix();
        var roles = Map.of(ADMIN, "admin", MARKETING, "marketing", NOBODY, "nobody");
        var statuses = new HashMap<Integer, Integer>();
        var failures = new ArrayList<String>();
        int sent = 0;
        while (sent < COUNT && failures.size() < MOST_FAILURES) {
            for (var operation : operations) {
                for (var role : roles.entrySet()) {
                    var call = requests.next(operation);
                    var answer = send(call, role.getKey());
                    String what = "seed %d, %s: %s\n%s".formatted(seed, role, call, answer.body());
                    try {
                        judge(answer, what);
                        if (!isAllowed(
                                matrix.getOrDefault(operation.toString(), "admin"),
                                role.getValue())) {
                            assertThat(answer.status()).as(what).isBetween(400, 499);
                        }
                    } catch (AssertionError wrong) {
                        failures.add(String.valueOf(wrong.getMessage()));
                    }
                    statuses.merge(answer.status(), 1, Integer::sum);
                    sent++;
                }
            }
        }
        assertThat(failures).isEmpty();
        // otherwise it would prove nothing
        assertThat(statuses).containsKeys(200, 400, 401, 403, 404);
        assertThat(statuses.get(200)).isGreaterThan(sent / 20);
    }

    private static boolean isAllowed(String least, String role) {
        return switch (least) {
            case "open" -> true;
            case "marketing" -> !role.equals("nobody");
            default -> role.equals("admin");
        };
    }

    private static void judge(Answered answer, String what) {
        int status = answer.status();
        if (status < 400) {
            return;
        }
        assertThat(answer.type()).as(what).startsWith("application/problem+json");
        JsonNode problem = JSON.readTree(answer.body());
        assertThat(problem.path("status").asInt()).as(what).isEqualTo(status);
        assertThat(problem.path("title").asString()).as(what).isNotBlank();
        assertThat(problem.path("traceId").asString()).as(what).hasSize(32);
        if (status >= 500) {
            assertThat(problem.path("type").asString()).as(what).isIn(AWAY);
        }
    }

    private static Answered send(Call call, String key) {
        var request =
                HttpRequest.newBuilder(api.uri(call.target()))
                        .timeout(SOON)
                        .method(
                                call.operation().method(),
                                HttpRequest.BodyPublishers.ofByteArray(call.body()));
        call.headers().forEach(request::setHeader);
        if (!call.contentType().isEmpty()) {
            request.setHeader("Content-Type", call.contentType());
        }
        if (!key.isEmpty()) {
            request.setHeader("X-API-Key", key);
        }
        try {
            var answer = client.send(request.build(), HttpResponse.BodyHandlers.ofInputStream());
            String type = answer.headers().firstValue("Content-Type").orElse("");
            try (var body = answer.body()) {
                // a stream has no end of its own
                String text =
                        type.startsWith("text/event-stream")
                                ? ""
                                : new String(body.readAllBytes(), StandardCharsets.UTF_8);
                return new Answered(answer.statusCode(), type, text);
            }
        } catch (IOException e) {
            throw new IllegalStateException(call.toString(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static GeneratedRequests generated(long seed) {
        Map<?, ?> document = JSON.convertValue(api.get("/v3/api-docs", NOBODY).json(), Map.class);
        return new GeneratedRequests(document, KNOWN, seed);
    }

    /// @return the least role by operation
    private static Map<String, String> matrix() {
        try (var file = GeneratedRequestsIT.class.getResourceAsStream("/access/matrix.txt")) {
            return new String(Objects.requireNonNull(file).readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.isBlank() && !line.startsWith("#"))
                    .collect(
                            Collectors.toMap(
                                    line -> line.substring(line.indexOf(' ')).strip(),
                                    line -> line.substring(0, line.indexOf(' '))));
        } catch (IOException broken) {
            throw new IllegalStateException(broken);
        }
    }
}
