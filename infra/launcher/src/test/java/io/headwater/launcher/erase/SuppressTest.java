package io.headwater.launcher.erase;

import static org.assertj.core.api.Assertions.assertThat;

import io.headwater.launcher.CannedQueryApi;
import io.headwater.launcher.CannedQueryApi.Call;
import io.headwater.launcher.CannedQueryApi.Canned;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class SuppressTest {

    private static final JsonMapper JSON = new JsonMapper();

    @TempDir private Path data;
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();
    private CannedQueryApi queryApi;

    @BeforeEach
    void start() throws IOException {
        queryApi =
                new CannedQueryApi(
                        data, call -> Canned.ok(answer(call.line(), JSON.readTree(call.body()))));
    }

    /// Takes all entries but `?`.
    private static String answer(String asked, JsonNode body) {
        if (asked.startsWith("GET")) {
            return "[{\"list\":\"dnc\",\"site_id\":null,\"entries\":1200}]";
        }
        var entries = new ArrayList<String>();
        body.path("entries").forEach(one -> entries.add(one.asString()));
        if (asked.endsWith("/check")) {
            return JSON.writeValueAsString(
                    entries.stream()
                            .map(one ->
                                    JSON.readTree(
                                            one.startsWith("on")
                                                    ? "{\"suppressed\":true,\"lists\":[{\"list\":\"dnc\"}]}"
                                                    : "{\"suppressed\":false,\"lists\":[]}"))
                            .toList());
        }
        var answer = JSON.createObjectNode();
        answer.put("list", body.path("list").asString());
        var errors = answer.putArray("errors");
        IntStream.range(0, entries.size())
                .filter(i -> entries.get(i).equals("?"))
                .forEach(i -> errors.addObject().put("entry", i).put("message", "is nothing"));
        answer.put("wrong", errors.size());
        answer.put(asked.endsWith("/remove") ? "removed" : "added", entries.size() - errors.size());
        return answer.toString();
    }

    private List<JsonNode> bodies() {
        return queryApi.calls().stream().map(Call::body).map(JSON::readTree).toList();
    }

    @AfterEach
    void stop() {
        queryApi.close();
    }

    private int run(String... words) {
        var args = new ArrayList<>(List.of(words));
        args.addAll(List.of("--data", data.toString()));
        return new Suppress(new PrintStream(out), new PrintStream(err)).with(args);
    }

    private static String said(ByteArrayOutputStream where) {
        return where.toString(StandardCharsets.UTF_8);
    }

    @Test
    void aFileGoesInSomeThousandLinesAtATime() throws IOException {
        var lines = new ArrayList<String>();
        IntStream.range(0, 12_001).forEach(i -> lines.add("p" + i + "@example.org"));
        lines.set(5_002, "?");
        var file = Files.write(data.resolve("dnc.txt"), lines);

        int status = run("--import", file.toString(), "--list", "dnc", "--reason", "bought");

        assertThat(status).isEqualTo(1);
        assertThat(queryApi.seen()).containsOnly("POST /admin/suppressions").hasSize(3);
        assertThat(bodies())
                .extracting(body -> body.path("entries").size())
                .containsExactly(5_000, 5_000, 2_001);
        assertThat(bodies().getFirst().path("reason").asString()).isEqualTo("bought");
        assertThat(said(out)).endsWith("12001 lines, 12000 added, 1 wrong\n");
        assertThat(said(err)).isEqualTo("line 5003 is nothing\n");
    }

    @Test
    void whoIsAddedIsOnTheUsualListOfAllSites() {
        assertThat(run("--add", "ana@example.org", "--add", "+46701740605")).isZero();

        assertThat(bodies().getFirst().toString())
                .isEqualTo(
                        "{\"list\":\"do-not-contact\",\"entries\":[\"ana@example.org\",\"+46701740605\"]}");
        assertThat(said(out)).isEqualTo("do-not-contact: 2 added\n");
        assertThat(run("--remove", "ana@example.org", "--site", "main")).isZero();
        assertThat(queryApi.seen().getLast()).isEqualTo("POST /admin/suppressions/remove");
        assertThat(bodies().getLast().path("site_id").asString()).isEqualTo("main");
        assertThat(run("--add", "?")).isEqualTo(1);
    }

    @Test
    void whoIsOnAListIsToldByTheStatus() {
        assertThat(run("--check", "off@example.org")).isZero();
        assertThat(run("--check", "off@example.org", "--check", "on@example.org")).isEqualTo(1);
        assertThat(said(out)).endsWith("off@example.org  on no list\non@example.org  dnc\n");
    }

    @Test
    void listsAreToldAndCleared() {
        assertThat(run("--lists")).isZero();
        assertThat(said(out)).isEqualTo("dnc  of all sites  1200 entries\n");
        assertThat(run("--clear", "--list", "dnc")).isZero();
        assertThat(queryApi.seen().getLast()).isEqualTo("POST /admin/suppressions/clear");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "--lists --clear", "--add a@b.org --import x", "--import /nowhere/x"})
    void oneThingAtATimeIsAsked(String words) {
        assertThat(run(words.isEmpty() ? new String[0] : words.split(" "))).isEqualTo(1);
        assertThat(said(err)).startsWith("headwater: ");
        assertThat(queryApi.seen()).isEmpty();
    }
}
