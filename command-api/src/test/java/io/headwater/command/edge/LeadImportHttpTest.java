package io.headwater.command.edge;

import static org.assertj.core.api.Assertions.assertThat;

import io.headwater.command.SettingsTest;
import io.headwater.command.intake.imports.ImportSettings;
import io.headwater.events.intake.WebhookReceived;
import io.headwater.events.lead.CaptureLead;
import io.headwater.events.lead.Submission;
import io.headwater.schema.PersonalData;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class LeadImportHttpTest {

    private static final String PATH = "/admin/import/leads?site_id=lakeside";
    private static final EdgeServer SERVER =
            new EdgeServer("--headwater.imports.decision-wait=200ms");

    @BeforeEach
    void reset() {
        SERVER.reset();
    }

    @AfterAll
    static void close() {
        SERVER.close();
    }

    @Test
    void usableRowsAreAppendedTogetherAndTheOthersTold() {
        var answer =
                post(
                        PATH + "&lead_source=Old%20CRM",
                        """
                        {"import_key":"f:1","email":"a@example.test","submitted_at":"2024-02-03T04:05:06Z","Account":9007199254740993}
                        {"import_key":"f:2","email":"no address"}
                        {"import_key":"f:3","first_name":"Nobody"}
                        {"import_key":"f:4","phone":"+442079460018","submitted_at":"1970-01-02"}
                        {"email":"b@example.test"}
                        [1]
                        """);

        assertThat(answer.status()).isEqualTo(200);
        assertThat(
                        answer.json()
                                .path("rows")
                                .valueStream()
                                .map(row -> row.path("outcome").asString()))
                .containsExactly("accepted", "refused", "refused", "refused", "refused", "refused");
        assertThat(
                        answer.json()
                                .path("rows")
                                .valueStream()
                                .map(row -> row.path("code").asString("")))
                .containsExactly(
                        "",
                        "invalid-email",
                        "no-identity",
                        "absurd-timestamp",
                        "malformed-body",
                        "malformed-body");
        assertThat(answer.json().at("/rows/0/lead_id").asString()).isEqualTo("main_1");
        Submission submission = SERVER.log.submission();
        assertThat(SERVER.log.of(CaptureLead.class)).hasSize(1);
        assertThat(submission.getImported()).isTrue();
        assertThat(submission.getChannel()).isEqualTo("import");
        assertThat(submission.getLeadSource()).isEqualTo("Old CRM");
        assertThat(submission.getSubmittedAt()).isEqualTo(Instant.parse("2024-02-03T04:05:06Z"));
        assertThat(submission.getDedupKey()).isEqualTo("import:f:1");
        assertThat(submission.getDuplicateWindowSeconds()).isZero();
        assertThat(PersonalData.open(submission.getPayload())).contains("9007199254740993");
        assertThat(SERVER.log.of(WebhookReceived.class).getFirst().getBody()).isNull();
    }

    @Test
    void aDryRunWritesNothing() {
        var answer =
                post(PATH + "&dry_run=true", "{\"import_key\":\"1\",\"email\":\"a@example.test\"}");

        assertThat(answer.json().at("/rows/0/outcome").asString()).isEqualTo("valid");
        assertThat(SERVER.log.records).isEmpty();
    }

    @Test
    void whatIsNotDecidedInTimeIsPending() {
        SERVER.results.outcome = null;

        var answer = post(PATH, "{\"import_key\":\"1\",\"email\":\"a@example.test\"}");

        assertThat(answer.json().at("/rows/0/outcome").asString()).isEqualTo("pending");
        assertThat(SERVER.log.of(CaptureLead.class)).hasSize(1);
    }

    @Test
    void requestsThatMakeNoSenseAreTurnedDown() {
        String row = "{\"import_key\":\"1\",\"email\":\"a@example.test\"}\n";

        assertThat(post("/admin/import/leads?site_id=nowhere", row).status()).isEqualTo(400);
        assertThat(post(PATH, "\n\n").status()).isEqualTo(400);
        assertThat(post("/admin/import/leads", row).status()).isEqualTo(400);
        assertThat(post(PATH, row.repeat(1001)).status()).isEqualTo(400);
        assertThat(SERVER.log.records).isEmpty();
    }

    @Test
    void anImportThatGoesOnWhileThisStartsIsAskedForPatience() {
        SERVER.directory.ready = false;
        String row = "{\"import_key\":\"1\",\"email\":\"a@example.test\"}\n";

        assertThat(post(PATH, row).status()).isEqualTo(503);
        assertThat(post("/admin/import/sessions?site_id=lakeside", row).status()).isEqualTo(503);
    }

    @Test
    void everySettingCanBeSet() {
        var settings =
                SettingsTest.binder(Map.of("IMPORT_DECISION_WAIT", "5s", "IMPORT_MAX_ROWS", "7"))
                        .bind("headwater.imports", ImportSettings.class)
                        .get();

        assertThat(List.of(settings.decisionWait(), settings.maxRows()))
                .isEqualTo(List.of(Duration.ofSeconds(5), 7));
    }

    private static EdgeServer.Answer post(String path, String lines) {
        return SERVER.post(path, "application/x-ndjson", lines.getBytes(StandardCharsets.UTF_8));
    }
}
