package io.headwater.command.access.admin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.headwater.command.platform.Refused;
import io.headwater.command.platform.directory.AccessDirectory;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
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
    private final AdminKeys keys =
            new AdminKeys(
                    new AccessSettings("admin-key", "marketing-key", Duration.ZERO, List.of()),
                    ready());

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
