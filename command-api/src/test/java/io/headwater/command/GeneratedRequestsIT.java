package io.headwater.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.headwater.backends.openapi.GeneratedRequests;
import io.headwater.backends.openapi.GeneratedRequests.Call;
import java.io.IOException;
import java.net.URI;
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
import java.util.UUID;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Whatever is sent, by whomever: an answer or a problem document, soon, and never more than the
/// role may do. `access/matrix.txt` says what that is.
@ExtendWith(WholeApi.class)
class GeneratedRequestsIT {

    private static final int COUNT = Integer.getInteger("headwater.generated-requests", 2_000);
    private static final Duration SOON = Duration.ofSeconds(60);
    private static final String NOBODY = "";
    private static final int MOST_FAILURES = 10;
    private static final JsonMapper JSON = new JsonMapper();

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
    private static HttpClient client;
    private static String site;

    @BeforeAll
    static void start() {
        api = RunningApi.shared();
        client = HttpClient.newHttpClient();
        site =
                api.call(
                                "POST",
                                "/analytics/sites",
                                "{\"site_key\":\"pk_%s\"}".formatted(UUID.randomUUID()))
                        .text("site_id");
        assertThat(site).isNotEmpty();
    }

    @AfterAll
    static void stop() {
        client.shutdownNow();
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
        var statuses = new HashMap<Integer, Integer>();
        var failures = new ArrayList<String>();
        int sent = 0;
        while (sent < COUNT && failures.size() < MOST_FAILURES) {
            for (var operation : operations) {
                for (String key : List.of(WholeApi.ADMIN, WholeApi.MARKETING, NOBODY)) {
                    var call = requests.next(operation);
                    if (key.equals(WholeApi.ADMIN) && reachesOtherTests(call)) {
                        continue;
                    }
                    var answer = send(call, key);
                    String what =
                            "seed %d, key '%s': %s\n%s".formatted(seed, key, call, answer.body());
                    try {
                        judge(answer, what);
                        if ("admin".equals(matrix.get(operation.toString()))
                                && !key.equals(WholeApi.ADMIN)) {
                            assertThat(answer.statusCode()).as(what).isBetween(400, 499);
                        }
                    } catch (AssertionError wrong) {
                        failures.add(String.valueOf(wrong.getMessage()));
                    }
                    statuses.merge(answer.statusCode(), 1, Integer::sum);
                    sent++;
                }
            }
        }
        assertThat(failures).isEmpty();
        // otherwise it would prove nothing
        assertThat(statuses).containsKeys(200, 400, 401, 403, 404);
        assertThat(statuses.get(200)).isGreaterThan(sent / 50);
    }

    private static boolean reachesOtherTests(Call call) {
        return !call.operation().method().equals("GET")
                && OF_MAIN_BY_DEFAULT.contains(call.operation().path())
                && !call.toString().contains(site);
    }

    private static void judge(HttpResponse<String> answer, String what) {
        int status = answer.statusCode();
        assertThat(status).as(what).isLessThan(500);
        if (status < 400) {
            return;
        }
        assertThat(answer.headers().firstValue("Content-Type").orElse(""))
                .as(what)
                .startsWith("application/problem+json");
        JsonNode problem = JSON.readTree(answer.body());
        assertThat(problem.path("status").asInt()).as(what).isEqualTo(status);
        assertThat(problem.path("title").asString()).as(what).isNotBlank();
        assertThat(problem.path("traceId").asString()).as(what).hasSize(32);
    }

    private static HttpResponse<String> send(Call call, String key) {
        String port =
                String.valueOf(api.context().getEnvironment().getProperty("local.server.port"));
        var request =
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + call.target()))
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
            return client.send(
                    request.build(), HttpResponse.BodyHandlers.ofString(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new IllegalStateException(call.toString(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static GeneratedRequests generated(long seed) {
        Map<?, ?> document =
                JSON.convertValue(api.call("GET", "/v3/api-docs", "").body(), Map.class);
        return new GeneratedRequests(
                document,
                Map.of(
                        "site_id", List.of(site),
                        "site", List.of(site),
                        "id", List.of(site),
                        "provider", List.of("generic", "typeform", "meta", "stripe")),
                seed);
    }

    /// @return who may call it, by operation: `admin`, or `self` where it judges its callers itself
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
