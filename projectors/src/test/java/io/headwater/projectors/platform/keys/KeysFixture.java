package io.headwater.projectors.platform.keys;

import static io.headwater.schema.SampleEvents.NOON;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.headwater.events.EventMeta;
import io.headwater.events.lead.LeadCaptured;
import io.headwater.projectors.Events;
import io.headwater.projectors.OwnBackends;
import io.headwater.projectors.Platform;
import io.headwater.schema.SampleEvents;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.extension.RegisterExtension;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// The application on back ends of its own, asked over HTTP, and what its tables hold.
abstract class KeysFixture {

    static final String KEY = "the-admin-key";

    private static final JsonMapper JSON = new JsonMapper();
    private static final Duration LIMIT = Duration.ofMinutes(2);

    static Platform platform;
    @RegisterExtension static final OwnBackends OWN = new OwnBackends();

    private static String base;
    private static HttpClient http;

    @BeforeAll
    static void start() {
        platform = OWN.platform();
        var app =
                platform.start(
                        "--headwater.keys.admin-api-key=" + KEY,
                        "--headwater.sample.per-minute=6000");
        base = "http://127.0.0.1:" + app.getEnvironment().getProperty("local.server.port");
        http = HttpClient.newHttpClient();
    }

    @AfterAll
    static void end() {
        http.close();
    }

    /// The tables' row of a lead, as Postgres has it.
    static String rows(String lead) {
        return text("select to_jsonb(r)::text from leads_g1.leads as r where lead_id = ?", lead);
    }

    static String submission(String lead) {
        return text(
                "select to_jsonb(r)::text from leads_g1.submissions as r where lead_id = ?", lead);
    }

    static String money(String lead) {
        return text(
                "select to_jsonb(r)::text from leads_g1.lead_money as r where lead_id = ?", lead);
    }

    static String session(String session) {
        return text(
                "select to_jsonb(r)::text from sessions_g1.sessions as r where session_id = ?",
                session);
    }

    static String asRow(JsonNode asOf) {
        return text(
                "select to_jsonb(r)::text from jsonb_populate_recordset(null::leads_g1.leads, cast(? as jsonb)) as r",
                asOf.get("tables").get("leads").toString());
    }

    static String text(String sql, String parameter) {
        return platform.jdbc().sql(sql).param(parameter).query(String.class).single();
    }

    static int one(String sql) {
        return platform.jdbc().sql(sql).query(Integer.class).single();
    }

    static void eventually(String sql, int expected) {
        await().atMost(LIMIT)
                .ignoreExceptions()
                .untilAsserted(() -> assertThat(one(sql)).isEqualTo(expected));
    }

    static void eventuallyAtLeast(String sql, int expected) {
        await().atMost(LIMIT)
                .ignoreExceptions()
                .untilAsserted(() -> assertThat(one(sql)).isGreaterThanOrEqualTo(expected));
    }

    static List<String> found(JsonNode answer) {
        var found = new ArrayList<String>();
        answer.get("rows")
                .forEach(row -> {
                    var columns = new ArrayList<String>();
                    row.get("columns").forEach(column -> columns.add(column.asString()));
                    found.add(
                            row.get("kind").asString()
                                    + " "
                                    + row.get("row").asString()
                                    + " "
                                    + columns);
                });
        return found;
    }

    static JsonNode post(String projection, String key, String question) throws Exception {
        return answer(send("POST", projection, key, question, KEY));
    }

    static JsonNode get(String projection, String key, String question) throws Exception {
        return answer(send("GET", projection, key, question, KEY));
    }

    static JsonNode answer(HttpResponse<String> response) {
        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
        return requireNonNull(JSON.readTree(response.body()));
    }

    static int status(String method, String projection, String key, String question, String admin)
            throws Exception {
        var response = send(method, projection, key, question, admin);
        assertThat(response.headers().firstValue("Content-Type"))
                .contains("application/problem+json");
        return response.statusCode();
    }

    static HttpResponse<String> send(
            String method, String projection, String key, String question, String admin)
            throws Exception {
        var request =
                HttpRequest.newBuilder(
                                URI.create(
                                        "%s/keys/%s/%s/%s"
                                                .formatted(base, projection, key, question)))
                        .header("Authorization", "Bearer " + admin)
                        .header("X-Headwater-Actor", "key:admin")
                        .method(method, HttpRequest.BodyPublishers.noBody())
                        .build();
        return http.send(request, HttpResponse.BodyHandlers.ofString());
    }

    /// With an event id of its own.
    static void captured(String lead, int number) throws Exception {
        platform.lead(
                site(lead),
                LeadCaptured.newBuilder(
                                SampleEvents.leadCaptured(
                                        lead, Events.submission(site(lead), number)))
                        .setMeta(meta(lead, 1))
                        .build());
        platform.flush();
    }

    static EventMeta meta(String lead, int sequence) {
        String command = "command-" + lead + "-" + sequence;
        return new EventMeta(command + "-0", lead, (long) sequence, command, recordedAt(sequence));
    }

    static Instant recordedAt(int sequence) {
        return NOON.plusSeconds(sequence);
    }

    static String site(String lead) {
        return lead.substring(0, lead.lastIndexOf('_'));
    }
}
