package io.headwater.command.access.admin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.headwater.command.platform.Refused;
import io.headwater.command.platform.directory.AccessDirectory;
import io.headwater.command.platform.web.ProblemException;
import io.headwater.web.ClientAddress;
import io.headwater.web.KeyLockSettings;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.web.servlet.HandlerMapping;

class AdminAuditTest {

    private static final Logger LOG = (Logger) LoggerFactory.getLogger("audit");

    private final ListAppender<ILoggingEvent> lines = new ListAppender<>();
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final AdminKeys keys =
            new AdminKeys(
                    new AccessSettings("admin-key", "marketing-key", Duration.ZERO, List.of()),
                    ready(),
                    new ClientAddress(List.of("10.0.0.0/8")),
                    new KeyLockSettings(
                            3,
                            Duration.ofMinutes(1),
                            Duration.ofHours(1),
                            Duration.ofHours(1),
                            true),
                    meters);

    /// Knows nothing but that it has read everything.
    private static AccessDirectory ready() {
        return (AccessDirectory)
                Proxy.newProxyInstance(
                        AccessDirectory.class.getClassLoader(),
                        new Class<?>[] {AccessDirectory.class},
                        (_, method, _) -> {
                            if (method.getName().equals("ready")) {
                                return true;
                            }
                            throw new UnsupportedOperationException(method.getName());
                        });
    }

    @BeforeEach
    void listen() {
        lines.start();
        LOG.setLevel(Level.INFO);
        LOG.addAppender(lines);
    }

    @AfterEach
    void stop() {
        LOG.detachAppender(lines);
    }

    @Test
    void aChangeIsToldWithWhoWhatAndItsEnd() {
        var request = request("DELETE", "admin-key", "site-1", "d-1");
        request.addHeader("X-Headwater-Actor", "user:ada");
        var response = new MockHttpServletResponse();

        assertThat(keys.preHandle(request, response, this)).isTrue();
        response.setStatus(204);
        keys.afterCompletion(request, response, this, null);

        assertThat(told())
                .containsEntry("what", "administered")
                .containsEntry("actor", "user:ada")
                .containsEntry("method", "DELETE")
                .containsEntry("operation", "/analytics/sites/{id}/domains/{domainId}")
                .containsEntry("subject", "site-1 d-1")
                .containsEntry("status", "204");
    }

    @Test
    void whoMayNotIsToldTooAndTheirKeyIsNot() {
        assertThatThrownBy(() -> handled("POST", "marketing-key")).isInstanceOf(Refused.class);
        assertThat(told()).containsEntry("actor", "key:marketing").containsEntry("status", "403");
        lines.list.clear();

        assertThatThrownBy(() -> handled("GET", "guess")).isInstanceOf(Refused.class);
        assertThat(told()).containsEntry("actor", "nobody").containsEntry("status", "401");
        assertThat(told().toString()).doesNotContain("guess");
    }

    @Test
    void readingIsNoChange() {
        handled("GET", "admin-key");

        assertThat(lines.list).isEmpty();
    }

    @Test
    void whatIsNoIdIsNotLogged() {
        var request = request("POST", "admin-key", "ada@example.test\nforged line", "d-1");

        keys.afterCompletion(request, new MockHttpServletResponse(), this, null);

        assertThat(told()).containsEntry("subject", "? d-1");
    }

    @Test
    void whoGuessesWaitsAndNobodyElseDoes() {
        for (int i = 0; i < 3; i++) {
            assertThatThrownBy(() -> from("192.0.2.7", null, "guess")).isInstanceOf(Refused.class);
        }
        lines.list.clear();

        assertThatThrownBy(() -> from("192.0.2.7", null, "admin-key"))
                .isInstanceOfSatisfying(
                        ProblemException.class,
                        refused -> {
                            assertThat(refused.problem().slug()).isEqualTo("too-many-wrong-keys");
                            assertThat(refused.problem().retryAfter())
                                    .isBetween(Duration.ofSeconds(1), Duration.ofSeconds(61));
                        });
        assertThat(told()).containsEntry("actor", "nobody").containsEntry("status", "429");
        assertThat(meters.counter("access.keys.locked").count()).isEqualTo(1);
        from("192.0.2.8", null, "admin-key");
    }

    @Test
    void behindATrustedProxyEachWaitsForThemselves() {
        for (int i = 0; i < 3; i++) {
            assertThatThrownBy(() -> from("10.0.0.1", "198.51.100.1", "guess"))
                    .isInstanceOf(Refused.class);
        }

        assertThatThrownBy(() -> from("10.0.0.1", "198.51.100.1", "admin-key"))
                .isInstanceOf(ProblemException.class);
        from("10.0.0.1", "198.51.100.2", "admin-key");
    }

    /// A proxy that tells nothing, one that is not trusted, and this machine.
    @Test
    void nobodyWaitsForOthersBehindTheSameProxy() {
        for (int i = 0; i < 9; i++) {
            assertThatThrownBy(() -> from("10.0.0.1", null, "guess")).isInstanceOf(Refused.class);
            assertThatThrownBy(() -> from("192.0.2.9", "198.51.100.1", "guess"))
                    .isInstanceOf(Refused.class);
            assertThatThrownBy(() -> from("127.0.0.1", null, "guess")).isInstanceOf(Refused.class);
        }

        from("10.0.0.1", null, "admin-key");
        from("192.0.2.9", "198.51.100.2", "admin-key");
        from("127.0.0.1", null, "admin-key");
    }

    private void from(String peer, @Nullable String forwarded, String key) {
        var request = request("GET", key, "s", "d");
        request.setRemoteAddr(peer);
        if (forwarded != null) {
            request.addHeader("X-Forwarded-For", forwarded);
        }
        keys.preHandle(request, new MockHttpServletResponse(), this);
    }

    private void handled(String method, String key) {
        var request = request(method, key, "s", "d");
        var response = new MockHttpServletResponse();
        keys.preHandle(request, response, this);
        keys.afterCompletion(request, response, this, null);
    }

    private static MockHttpServletRequest request(
            String method, String key, String site, String domain) {
        var request = new MockHttpServletRequest(method, "/");
        request.addHeader("X-API-Key", key);
        request.setAttribute(
                HandlerMapping.BEST_MATCHING_PATTERN_ATTRIBUTE,
                "/analytics/sites/{id}/domains/{domainId}");
        var variables = new LinkedHashMap<String, String>();
        variables.put("id", site);
        variables.put("domainId", domain);
        request.setAttribute(HandlerMapping.URI_TEMPLATE_VARIABLES_ATTRIBUTE, variables);
        return request;
    }

    private Map<String, String> told() {
        assertThat(lines.list).hasSize(1);
        var line = lines.list.getFirst();
        var told =
                line.getKeyValuePairs().stream()
                        .collect(Collectors.toMap(pair -> pair.key, pair -> "" + pair.value));
        told.put("what", line.getFormattedMessage());
        return told;
    }
}
