package io.headwater.query;

import static io.headwater.query.RunningQueryApi.ADMIN;
import static io.headwater.query.RunningQueryApi.MARKETING;
import static io.headwater.query.RunningQueryApi.NOBODY;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpRequest;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;

class AccessIT {
    private static final Set<String> OPEN =
            Set.of(
                    "/health",
                    "/error",
                    "/v3/api-docs",
                    "/v3/api-docs.yaml",
                    "/v3/api-docs/swagger-config",
                    "/swagger-ui.html");

    private final RunningQueryApi api = EmbeddedReadModels.api();
    private final ReadModels models = EmbeddedReadModels.models();

    @BeforeEach
    void clear() {
        models.clear();
    }

    @Test
    void everyPathNeedsAKeyUnlessItIsMeantToBeOpen() {
        var mapping =
                api.context()
                        .getBean(
                                "requestMappingHandlerMapping", RequestMappingHandlerMapping.class);
        Set<String> paths =
                mapping.getHandlerMethods().keySet().stream()
                        .flatMap(info -> info.getPatternValues().stream())
                        .collect(Collectors.toSet());

        assertThat(paths).hasSizeGreaterThan(30);
        for (String path : paths) {
            if (!OPEN.contains(path)) {
                var answer = api.get(plain(path), NOBODY);
                assertThat(answer.status()).as(path).isEqualTo(401);
                assertThat(answer.header("WWW-Authenticate")).isEqualTo("Bearer");
                assertThat(answer.json().get("type").asString())
                        .isEqualTo("/problems/unauthenticated");
            }
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/analytics/overview;a=b",
                "/analytics;a=b/overview",
                "//analytics/overview",
                "/x/../analytics/overview",
                "/%61nalytics/overview",
                "/analytics/unknown",
                "/analytics",
                "/api/x",
                "/admin/x",
                "/replay/sessions/x/events",
                "/commands/x",
            })
    void noSpellingOfAPathGetsAround(String path) {
        var answer = api.get(path, NOBODY, "Accept", "text/html");

        assertThat(answer.status()).as(answer.body()).isIn(400, 401);
    }

    @Test
    void takesTheKeyFromEitherHeader() {
        assertThat(api.get("/analytics/me", ADMIN).json().get("role").asString())
                .isEqualTo("admin");
        assertThat(
                        api.get("/analytics/me", NOBODY, "X-API-Key", MARKETING)
                                .json()
                                .get("role")
                                .asString())
                .isEqualTo("marketing");
        assertThat(api.get("/analytics/me", NOBODY, "Authorization", "bearer " + ADMIN).status())
                .isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(strings = {"admin-key-2", "admin-ke", " ", "ADMIN-KEY"})
    void refusesOtherKeys(String key) {
        assertThat(api.get("/analytics/me", NOBODY, "X-API-Key", key).status()).isEqualTo(401);
    }

    @Test
    void takesNoKeyFromTheUrl() {
        assertThat(api.get("/analytics/me?api_key=" + ADMIN + "&key=" + ADMIN, NOBODY).status())
                .isEqualTo(401);
    }

    @Test
    void marketingMayNotReachWhatIsForAdmins() {
        var mapping =
                api.context()
                        .getBean(
                                "requestMappingHandlerMapping", RequestMappingHandlerMapping.class);
        var adminOnly =
                mapping.getHandlerMethods().entrySet().stream()
                        .filter(entry -> isAdminOnly(entry.getValue()))
                        .toList();

        assertThat(adminOnly).hasSizeGreaterThan(2);
        adminOnly.forEach(entry -> {
            for (var method : entry.getKey().getMethodsCondition().getMethods()) {
                for (String pattern : entry.getKey().getPatternValues()) {
                    assertForbidden(method.name(), plain(pattern));
                }
            }
        });
    }

    private void assertForbidden(String method, String path) {
        var answer =
                api.send(
                        path,
                        MARKETING,
                        HttpRequest.newBuilder()
                                .method(method, HttpRequest.BodyPublishers.noBody()));
        assertThat(answer.status()).as(method + " " + path).isEqualTo(403);
        assertThat(answer.json().get("type").asString()).isEqualTo("/problems/forbidden");
    }

    private static String plain(String pattern) {
        return pattern.replaceAll("[{][^}]+[}]", "x").replace("/**", "/x");
    }

    @Test
    void noAnswerForMarketingNamesAPerson() {
        models.lead(
                "main_1",
                "email",
                "secret@example.com",
                "phone",
                "+4915155566677",
                "session_id",
                "s1");
        models.submission(
                "sub-1",
                "email",
                "secret@example.com",
                "phone",
                "+4915155566677",
                "payload",
                "{\"email\":\"secret@example.com\"}");
        models.fact("f-1", "email", "secret@example.com");
        models.session(
                "s1",
                "visitor_id",
                "v1",
                "entry_page",
                "https://site.example/a?email=secret@example.com",
                "exit_page",
                "/b#secret@example.com",
                "referrer",
                "https://mail.example/?to=secret@example.com");
        var mapping =
                api.context()
                        .getBean(
                                "requestMappingHandlerMapping", RequestMappingHandlerMapping.class);

        mapping.getHandlerMethods().keySet().stream()
                .flatMap(info -> info.getPatternValues().stream())
                .filter(path ->
                        path.startsWith("/analytics")
                                || path.startsWith("/api")
                                || path.startsWith("/replay"))
                .filter(path -> !path.equals("/analytics/stream"))
                .map(path -> path.replace("/replay/sessions/{id}", "/replay/sessions/s1"))
                .map(path -> path.replaceAll("[{][^}]+[}]", "main_1").replace("/**", ""))
                .forEach(path ->
                        assertThat(api.get(path + "?email=secret@example.com", MARKETING).body())
                                .as(path)
                                .doesNotContain("secret@", "5155566"));
    }

    @Test
    void marketingSeesPagesWithoutTheirQuery() {
        models.session("s1", "entry_page", "https://site.example/a?email=x", "exit_page", "/b#c");

        var marketing = api.get("/replay/sessions/s1", MARKETING).json();

        assertThat(marketing.get("entry_page").asString()).isEqualTo("https://site.example/a");
        assertThat(marketing.get("exit_page").asString()).isEqualTo("/b");
        assertThat(api.get("/replay/sessions/s1", ADMIN).json().get("exit_page").asString())
                .isEqualTo("/b#c");
    }

    @Test
    void marketingCannotFindOutByFiltering() {
        models.submission("sub-1", "email", "secret@example.com");

        var hit = api.get("/analytics/submissions?email=secret@example.com&q=secret", MARKETING);
        var miss = api.get("/analytics/submissions?email=other@example.com&q=other", MARKETING);

        assertThat(hit.body()).isEqualTo(miss.body());
    }

    @Test
    void preflightNeedsNoKey() {
        var answer =
                api.send(
                        "/analytics/leads",
                        NOBODY,
                        HttpRequest.newBuilder()
                                .method("OPTIONS", HttpRequest.BodyPublishers.noBody()),
                        "Origin",
                        "https://elsewhere.example",
                        "Access-Control-Request-Method",
                        "GET",
                        "Access-Control-Request-Headers",
                        "authorization, idempotency-key, prefer, traceparent");

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.header("Access-Control-Allow-Origin")).isEqualTo("*");
        assertThat(answer.header("Access-Control-Allow-Headers"))
                .contains("authorization", "idempotency-key", "prefer", "traceparent");
    }

    @Test
    void aRefusedOriginIsToldSo() {
        var answer = api.get("/analytics/me", ADMIN, "Origin", "");

        assertThat(answer.status()).isEqualTo(403);
        assertThat(answer.json().get("type").asString()).isEqualTo("/problems/forbidden");
    }

    @Test
    void scriptsMayReadErrorsToo() {
        var answer = api.get("/analytics/me", NOBODY, "Origin", "https://elsewhere.example");

        assertThat(answer.status()).isEqualTo(401);
        assertThat(answer.header("Access-Control-Allow-Origin")).isEqualTo("*");
    }

    private static boolean isAdminOnly(HandlerMethod method) {
        var marker = io.headwater.query.platform.access.AdminOnly.class;
        return method.hasMethodAnnotation(marker)
                || method.getBeanType().isAnnotationPresent(marker);
    }
}
