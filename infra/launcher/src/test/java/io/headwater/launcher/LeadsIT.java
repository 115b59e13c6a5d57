package io.headwater.launcher;

import static io.headwater.launcher.Soon.soon;
import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/// What is promised about leads: none twice, none lost, and a life that is decided.
class LeadsIT {

    private static final int PEOPLE = 100;
    private static final int TIMES = 10;

    private static final Caller caller = new Caller();
    private static LaunchedPlatform platform;
    private static TestSite site;
    private static ReadModel tables;

    @BeforeAll
    static void up() throws SQLException {
        platform = LaunchedPlatform.shared();
        site = TestSite.make(caller, platform, "leads");
        tables = new ReadModel(platform);
    }

    @AfterAll
    static void close() throws SQLException {
        tables.close();
    }

    @ParameterizedTest
    @CsvSource({"PT24H, 100, 900", "PT0S, 1000, 0"})
    void aThousandPostsAtOnceOfAHundredPeople(String window, int accepted, int duplicate)
            throws Exception {
        // given
        String tag = "crowd-" + accepted;
        var source = site.generic(tag, window);
        var before = site.read("/api/accounting");

        // when
        var answers = atOnce(PEOPLE * TIMES, i -> post(source, person(tag, i), i / PEOPLE));

        // then
        assertThat(answers).allMatch(answer -> answer.status() == 200);
        soon(() -> {
            assertThat(submissions(source, "accepted")).isEqualTo(accepted);
            assertThat(submissions(source, "duplicate")).isEqualTo(duplicate);
        });
        soon(() ->
                assertThat(
                                tables.counts(
                                        """
                                        select submissions::text, count(*) from read.leads
                                        where source_id = ? group by 1\
                                        """,
                                        source.id()))
                        .isEqualTo(Map.of(String.valueOf(accepted / PEOPLE), (long) PEOPLE)));
        soon(() -> {
            var now = site.read("/api/accounting");
            assertThat(now.path("holds").asBoolean()).isTrue();
            assertThat(grown(before, now, "received")).isEqualTo(PEOPLE * TIMES);
            assertThat(grown(before, now, "accepted")).isEqualTo(accepted);
            assertThat(grown(before, now, "duplicate")).isEqualTo(duplicate);
        });
    }

    @Test
    void aLeadNamesTheMappingThatItCameThrough() {
        // given
        var source = site.generic("versions", "PT0S");
        assertThat(post(source, "version-1@example.org", 1).status()).isEqualTo(200);

        // when
        site.map(source, "{\"email\":\"person.mail\",\"first_name\":\"reference\"}");
        assertThat(post(source, "version-2@example.org", 1).status()).isEqualTo(200);

        // then
        soon(() -> {
            for (int version = 1; version <= 2; version++) {
                var lead = site.lead("version-" + version + "@example.org");
                var detail = site.read("/analytics/leads/" + lead.path("lead_id").asString());
                assertThat(detail.path("mapping_version").asInt()).isEqualTo(version);
                assertThat(detail.path("submissions_list").path(0).path("mapping_version").asInt())
                        .isEqualTo(version);
            }
        });
    }

    @Test
    void aLostLeadIsNotWon() {
        // given
        String lead = captured("lost-then-won@example.org");
        assertThat(site.act(lead, "lose", "{\"reason_code\":\"price\"}").status()).isEqualTo(200);

        // when
        var answer = site.act(lead, "win", "{\"amount_minor\":1000,\"currency\":\"EUR\"}");

        // then
        assertThat(answer.status()).as(answer.text()).isEqualTo(409);
        assertThat(answer.type()).startsWith("application/problem+json");
        assertThat(answer.json().path("type").asString(""))
                .isEqualTo("/problems/lost-lead-cannot-be-won");
        soon(() ->
                assertThat(site.read("/analytics/leads/" + lead).path("status").asString(""))
                        .isEqualTo("lost"));
    }

    @Test
    void ofTwoRacingMovesOneWins() throws Exception {
        // given
        String lead = captured("raced@example.org");
        var stages = List.of("contacted", "qualified");
        soon(() ->
                assertThat(
                                site.read("/analytics/leads/" + lead)
                                        .path("engagement_label")
                                        .isString())
                        .as("the score is an event of its own, and comes first")
                        .isTrue());
        long version =
                site.act(lead, "note", "{\"message\":\"two want it\"}")
                        .json()
                        .path("version")
                        .asLong();

        // when
        var answers =
                atOnce(
                        2,
                        i ->
                                site.act(
                                        lead,
                                        "move",
                                        "{\"stage\":\"%s\",\"expected_version\":%d}"
                                                .formatted(stages.get(i), version)));

        // then
        assertThat(answers).extracting(Caller.Answer::status).containsExactlyInAnyOrder(200, 409);
        String won = stages.get(answers.getFirst().status() == 200 ? 0 : 1);
        soon(() ->
                assertThat(site.read("/analytics/leads/" + lead).path("status").asString(""))
                        .isEqualTo(won));
    }

    private static String captured(String email) {
        var answer = site.capture("{\"email\":\"%s\"}".formatted(email));
        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        return answer.json().path("lead_id").stringValue();
    }

    private static Caller.Answer post(TestSite.Source source, String email, int time) {
        return caller.post(
                source.url(),
                Caller.JSON_TYPE,
                "{\"person\":{\"mail\":\"%s\"},\"reference\":\"%s-%d\",\"wish\":%d}"
                        .formatted(email, email, time, time),
                Map.of("X-API-Key", source.secret()));
    }

    private static String person(String tag, int post) {
        return "%s-%d@example.org".formatted(tag, post % PEOPLE);
    }

    private interface Post {
        Caller.Answer send(int number) throws Exception;
    }

    /// All of them are ready before the first one starts.
    private static List<Caller.Answer> atOnce(int count, Post post) throws Exception {
        var start = new CountDownLatch(1);
        var answers = new ArrayList<Caller.Answer>();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Caller.Answer>> sent =
                    IntStream.range(0, count)
                            .mapToObj(i ->
                                    threads.submit(() -> {
                                        start.await();
                                        return post.send(i);
                                    }))
                            .toList();
            start.countDown();
            for (var one : sent) {
                answers.add(one.get());
            }
        }
        return answers;
    }

    private static long grown(JsonNode before, JsonNode now, String name) {
        return now.path(name).asLong() - before.path(name).asLong();
    }

    private static long submissions(TestSite.Source source, String outcome) throws SQLException {
        return tables.number(
                "select count(*) from read.submissions where source_id = ? and outcome = ?",
                source.id(),
                outcome);
    }
}
