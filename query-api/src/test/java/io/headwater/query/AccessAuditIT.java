package io.headwater.query;

import static io.headwater.query.RunningQueryApi.ADMIN;
import static io.headwater.query.RunningQueryApi.MARKETING;
import static io.headwater.query.RunningQueryApi.NOBODY;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/// Who read what, and who was turned away.
class AccessAuditIT {

    private static final Logger LOG = (Logger) LoggerFactory.getLogger("audit");

    private final RunningQueryApi api = EmbeddedReadModels.api();
    private final Lines lines = new Lines();

    private static final class Lines extends AppenderBase<ILoggingEvent> {
        private final List<Map<String, String>> told = new CopyOnWriteArrayList<>();

        @Override
        protected void append(ILoggingEvent line) {
            var fields =
                    line.getKeyValuePairs().stream()
                            .collect(Collectors.toMap(pair -> pair.key, pair -> "" + pair.value));
            fields.put("what", line.getFormattedMessage());
            told.add(fields);
        }
    }

    @BeforeEach
    void listen() {
        var models = EmbeddedReadModels.models();
        models.clear();
        models.lead("main_1", "email", "ada@example.com");
        lines.setContext(LOG.getLoggerContext());
        lines.start();
        LOG.setLevel(Level.INFO);
        LOG.addAppender(lines);
    }

    @AfterEach
    void stop() {
        LOG.detachAppender(lines);
    }

    @Test
    void whoReadsALeadIsTold() {
        api.get("/analytics/leads/main_1", ADMIN);

        assertThat(line())
                .containsEntry("what", "personal data read")
                .containsEntry("actor", "key:admin")
                .containsEntry("operation", "/analytics/leads/{id}")
                .containsEntry("subject", "main_1")
                .containsEntry("status", "200");
    }

    @Test
    void whatIsSearchedForIsNot() {
        api.get("/analytics/leads?email=ada@example.com", ADMIN);

        assertThat(line()).containsEntry("operation", "/analytics/leads");
        assertThat(lines.told.toString()).doesNotContain("ada");
    }

    @Test
    void whoseDataWasHandedOutIsTold() {
        api.get("/admin/export/leads/main_1", ADMIN);
        assertThat(line())
                .containsEntry("what", "personal data exported")
                .containsEntry("actor", "key:admin")
                .containsEntry("subject", "main_1")
                .containsEntry("status", "200");
        lines.told.clear();

        api.get("/admin/export/visitors?site_id=main&visitor_id=a@example.com", ADMIN);
        assertThat(line()).containsEntry("subject", "main ?").containsEntry("status", "404");
    }

    @Test
    void whoMayNotIsToldAndTheirKeyIsNot() {
        api.get("/analytics/leads/main_1", MARKETING);
        assertThat(line()).containsEntry("actor", "key:marketing").containsEntry("status", "403");
        lines.told.clear();

        api.get("/analytics/leads", NOBODY, "X-API-Key", "a-guessed-key");
        assertThat(line()).containsEntry("actor", "nobody").containsEntry("status", "401");
        assertThat(lines.told.toString()).doesNotContain("guessed");
    }

    @Test
    void figuresNameNobody() {
        api.get("/analytics/overview", ADMIN);
        api.get("/analytics/leads/main_1", ADMIN);

        assertThat(line()).containsEntry("operation", "/analytics/leads/{id}");
    }

    /// The line is written once the answer is: perhaps after the caller has it.
    private Map<String, String> line() {
        await().until(() -> !lines.told.isEmpty());
        assertThat(lines.told).hasSize(1);
        return lines.told.getFirst();
    }
}
