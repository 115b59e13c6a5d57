package io.headwater.query.privacy;

import static io.headwater.query.RunningQueryApi.ADMIN;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.headwater.query.EmbeddedReadModels;
import io.headwater.query.ReadModels;
import io.headwater.query.RunningQueryApi;
import io.headwater.query.platform.view.Reads;
import io.headwater.schema.ViewTable;
import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.postgresql.util.PGobject;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;

/// Two people, each with a row in every table that has rows of people and something in each of its
/// columns: a table or a column that is added is in these tests by itself.
class PersonExportIT {
    private static final Set<String> IDS =
            Set.of("lead_id", "submission_id", "fact_id", "receipt_id", "session_id", "visitor_id");
    private static final Instant MADE = Instant.parse("2026-11-20T12:00:00.123Z");

    private final RunningQueryApi api = EmbeddedReadModels.api();
    private final ReadModels models = EmbeddedReadModels.models();

    @BeforeEach
    void fill() {
        models.clear();
        for (String who : List.of("ada", "bob")) {
            tables().forEach(
                            table -> models.row(table.projection(), table.name(), row(table, who)));
        }
    }

    private static List<ViewTable> tables() {
        return ViewTable.all().stream().filter(table -> !table.people().isEmpty()).toList();
    }

    /// Every text says whose it is and where it stands.
    private Map<String, @Nullable Object> row(ViewTable table, String who) {
        var row = new LinkedHashMap<String, @Nullable Object>();
        models.jdbc()
                .sql(
                        """
                        select column_name, data_type
                        from information_schema.columns
                        where table_schema = :schema and table_name = :table
                        """)
                .param("schema", table.projection() + "_g1")
                .param("table", table.name())
                .query(found -> {
                    String column = found.getString(1);
                    String text = who + "|" + table.name() + "|" + column;
                    switch (found.getString(2)) {
                        case "text" -> row.put(column, text);
                        case "jsonb" -> row.put(column, json("{\"told\":\"" + text + "\"}"));
                        case "ARRAY" -> row.put(column, new String[] {text});
                        case "timestamp with time zone" -> row.put(column, MADE);
                        default -> {}
                    }
                });
        IDS.forEach(column -> row.replace(column, who + "-" + column));
        row.replace("site_id", "main");
        row.replace("merged_into", null);
        row.replace("merged_at", null);
        row.replace("erase_requested_at", null);
        row.replace("submission_ids", new String[] {who + "-submission_id"});
        return row;
    }

    private static PGobject json(String text) {
        try {
            var json = new PGobject();
            json.setType("jsonb");
            json.setValue(text);
            return json;
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void everythingOfOnePersonAndNothingOfTheOther() {
        var answer = api.get("/admin/export/leads/ada-lead_id", ADMIN);
        JsonNode export = answer.json();

        assertThat(answer.body()).doesNotContain("bob");
        assertThat(export.path("complete").asBoolean()).isTrue();
        assertThat(views(export))
                .isEqualTo(tables().stream().map(ViewTable::name).collect(Collectors.toSet()));
        for (var table : tables()) {
            JsonNode rows = part(export, table.name()).path("rows");
            assertThat(rows.size()).as(table.name()).isEqualTo(1);
            assertThat(rows.get(0).propertyNames()).as(table.name()).containsAll(table.columns());
            for (String column : table.personal()) {
                assertThat(rows.get(0).path(column).asString())
                        .isEqualTo("ada|" + table.name() + "|" + column);
            }
        }
    }

    @Test
    void everyViewIsKnownToTheExport() {
        assertThat(
                        models.jdbc()
                                .sql("select viewname from pg_views where schemaname = 'read'")
                                .query(String.class)
                                .list())
                .as("views, and the tables that the schemas of rows name")
                .containsExactlyInAnyOrderElementsOf(
                        ViewTable.all().stream().map(ViewTable::name).toList());
    }

    @Test
    void allThatIsReadIsReadInOneState() throws NoSuchMethodException {
        var reads =
                Arrays.stream(PersonExport.class.getDeclaredMethods())
                        .filter(method -> method.isAnnotationPresent(Reads.class))
                        .map(method -> method.getAnnotation(Reads.class))
                        .toList();

        assertThat(reads).hasSize(1);
        assertThat(Set.of(reads.getFirst().value())).isEqualTo(PersonExport.projections());
    }

    @Test
    void saysWhatItIsMadeOf() {
        var answer = api.get("/admin/export/leads/ada-lead_id", ADMIN);
        JsonNode export = answer.json();

        assertThat(answer.header("Content-Type")).startsWith("application/json");
        assertThat(answer.header("Content-Disposition"))
                .isEqualTo("attachment; filename=\"lead-ada-lead_id.json\"");
        assertThat(answer.header("Cache-Control")).isEqualTo("no-store");
        assertThat(answer.header("X-As-Of")).isEqualTo(export.path("as_of").asString());
        assertThat(answer.header("X-Generation")).isEqualTo("leads=1, sessions=1, webhooks=1");
        assertThat(Instant.parse(export.path("made_at").asString())).isBefore(Instant.now());
        assertThat(export.path("views").path(0).path("projection").asString()).isEqualTo("leads");
        JsonNode leads = part(export, "leads");
        assertThat(leads.path("generation").asInt()).isEqualTo(1);
        assertThat(leads.path("personal").toString()).contains("\"email\"", "\"user_ip\"");
        JsonNode lead = leads.path("rows").path(0);
        assertThat(lead.path("created_at").asString()).isEqualTo(MADE.toString());
        assertThat(lead.path("crm_ids").path("told").asString()).isEqualTo("ada|leads|crm_ids");
        assertThat(lead.path("suspicion_reasons").isArray()).isTrue();
        assertThat(lead.path("engagement_score").isNull()).isTrue();
        assertThat(export.path("forgotten").isNull()).isTrue();
        assertThat(export.path("recordings").path(0).path("session_id").asString())
                .isEqualTo("ada-session_id");
        assertThat(export.path("recordings").path(0).path("folder").isNull()).isTrue();
    }

    @Test
    void leadsThatAreMergedAreOnePerson() {
        models.lead("first", "merged_into", "ada-lead_id");
        models.lead("last", "email", "last@example.com");
        models.jdbc()
                .sql("update leads_g1.leads set merged_into = 'last' where lead_id = 'ada-lead_id'")
                .update();
        models.submission("of-first", "lead_id", "first", "receipt_id", "r-first");
        models.webhook("r-first", "submission_ids", new String[] {"of-first"}, "body", "first!");

        for (String lead : List.of("first", "ada-lead_id", "last")) {
            JsonNode export = api.get("/admin/export/leads/" + lead, ADMIN).json();

            assertThat(column(export, "leads", "lead_id"))
                    .containsExactly("ada-lead_id", "first", "last");
            assertThat(column(export, "webhooks", "body"))
                    .containsExactlyInAnyOrder("first!", "ada|webhooks|body");
        }
    }

    @Test
    void whatWasDeliveredWithOthersIsNotShown() {
        models.submission(
                "ada-2", "lead_id", "ada-lead_id", "receipt_id", "both", "payload", "{\"n\":2}");
        models.webhook(
                "both",
                "submission_ids",
                new String[] {"ada-2", "bob-submission_id"},
                "body",
                "[{\"email\":\"ada\"},{\"email\":\"bob\"}]",
                "remote_ip",
                "198.51.100.7");

        var answer = api.get("/admin/export/leads/ada-lead_id", ADMIN);

        assertThat(answer.body()).doesNotContain("bob", "198.51.100.7");
        assertThat(column(answer.json(), "webhooks", "receipt_id"))
                .containsExactly("ada-receipt_id", "both");
        assertThat(column(answer.json(), "submissions", "payload")).contains("{\"n\":2}");
    }

    @Test
    void whatBecameNoLeadIsTheirsByItsAddress() {
        models.submission(
                "blocked", "email", "ADA|submissions|email", "lead_id", null, "receipt_id", "r");
        models.webhook("r", "submission_ids", new String[] {"blocked"}, "body", "blocked!");
        models.submission("called", "phone", "ada|submissions|phone", "lead_id", null);
        models.submission(
                "shared phone",
                "email",
                "bob@example.com",
                "phone",
                "ada|submissions|phone",
                "lead_id",
                null);
        models.submission("elsewhere", "email", "ada|leads|email", "site_id", "other");
        models.fact("paid", "email", "ada|leads|email", "lead_id", null);

        var answer = api.get("/admin/export/leads/ada-lead_id", ADMIN);

        assertThat(answer.body()).doesNotContain("bob");
        assertThat(column(answer.json(), "submissions", "submission_id"))
                .containsExactly("ada-submission_id", "blocked", "called");
        assertThat(column(answer.json(), "webhooks", "body")).contains("blocked!");
        assertThat(column(answer.json(), "provider_facts", "fact_id"))
                .containsExactly("ada-fact_id", "paid");
        assertThat(answer.json().path("person").path("by_address").toString())
                .isEqualTo("[\"blocked\",\"called\",\"paid\"]");
    }

    @Test
    void visitsAreOfTheVisitorOnTheirSite() {
        models.session("later", "visitor_id", "ada-visitor_id");
        models.session("elsewhere", "visitor_id", "ada-visitor_id", "site_id", "other");
        models.session("imported", "external_id", "ada-session_id");

        JsonNode export = api.get("/admin/export/leads/ada-lead_id", ADMIN).json();

        assertThat(column(export, "sessions", "session_id"))
                .containsExactly("ada-session_id", "imported", "later");
    }

    @Test
    void aVisitorHasVisitsAndWhatBecameNoLead() {
        models.submission(
                "blocked",
                "session_id",
                "ada-session_id",
                "outcome",
                "blocked",
                "lead_id",
                null,
                "email",
                "ada@example.com");

        var answer =
                api.get("/admin/export/visitors?site_id=main&visitor_id=ada-visitor_id", ADMIN);

        assertThat(answer.body()).doesNotContain("bob", "ada|leads|");
        assertThat(answer.header("Content-Disposition")).contains("visitor-ada-visitor_id.json");
        assertThat(column(answer.json(), "sessions", "session_id"))
                .containsExactly("ada-session_id");
        assertThat(column(answer.json(), "submissions", "email"))
                .containsExactly("ada@example.com");
        assertThat(answer.json().path("person").path("other_lead_ids").toString())
                .isEqualTo("[\"ada-lead_id\"]");
    }

    @Test
    void whoeverIsForgottenIsToldWhatStays() {
        models.jdbc()
                .sql(
                        "update leads_g1.leads set erase_requested_at = now() where lead_id like 'ada%'")
                .update();

        JsonNode export = api.get("/admin/export/leads/ada-lead_id", ADMIN).json();

        assertThat(export.path("forgotten").asString()).contains("asked to be forgotten");
    }

    @Test
    void whoIsNotThereIsAProblem() {
        for (String path :
                List.of("leads/nobody", "visitors?site_id=main&visitor_id=x", "leads/%00")) {
            var answer = api.get("/admin/export/" + path, ADMIN);

            assertThat(answer.status()).as(path).isIn(400, 404);
            assertThat(answer.header("Content-Type")).startsWith("application/problem+json");
            assertThat(answer.header("Content-Disposition")).isEmpty();
        }
        assertThat(api.get("/admin/export/visitors?site_id=main", ADMIN).blamed())
                .isEqualTo("visitor_id");
    }

    /// More than the buffers between hold, so the answer has begun when Postgres ends it.
    @Test
    void whatIsCutOffIsNoAnswer() throws IOException, InterruptedException {
        String large = "x".repeat(1_000_000);
        for (int i = 0; i < 30; i++) {
            models.timeline("large-" + i, "ada-lead_id", "payload", large);
        }
        var request =
                HttpRequest.newBuilder(api.uri("/admin/export/leads/ada-lead_id"))
                        .header("X-API-Key", ADMIN)
                        .build();
        var client = HttpClient.newHttpClient();
        try {
            var body = client.send(request, HttpResponse.BodyHandlers.ofInputStream()).body();
            assertThat(body.read()).isEqualTo('{');
            // only the role itself may
            api.context()
                    .getBean(JdbcClient.class)
                    .sql(
                            """
                            select pg_terminate_backend(pid)
                            from pg_stat_activity
                            where usename = current_user
                              and pid <> pg_backend_pid()
                              and xact_start is not null
                            """)
                    .query((row, _) -> row.getBoolean(1))
                    .list();

            assertThatThrownBy(() -> read(body)).isInstanceOf(IOException.class);
        } finally {
            client.shutdownNow();
        }
    }

    private static void read(InputStream body) throws IOException {
        try (body) {
            body.readAllBytes();
        }
    }

    private static Set<String> views(JsonNode export) {
        return export.path("parts")
                .valueStream()
                .map(part -> part.path("view").asString())
                .collect(Collectors.toSet());
    }

    private static JsonNode part(JsonNode export, String view) {
        return export.path("parts")
                .valueStream()
                .filter(part -> part.path("view").asString().equals(view))
                .findFirst()
                .orElseThrow();
    }

    private static List<String> column(JsonNode export, String view, String column) {
        return part(export, view)
                .path("rows")
                .valueStream()
                .map(row -> row.path(column).asString(""))
                .toList();
    }
}
