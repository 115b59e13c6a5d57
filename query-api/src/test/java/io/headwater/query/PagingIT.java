package io.headwater.query;

import static io.headwater.query.RunningQueryApi.ADMIN;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PagingIT {
    private static final int ROWS = 23;
    private static final Instant START = Instant.parse("2026-11-01T00:00:00Z");

    private final RunningQueryApi api = EmbeddedReadModels.api();
    private final ReadModels models = EmbeddedReadModels.models();

    @BeforeEach
    void rowsWithTies() {
        models.clear();
        for (int i = 0; i < ROWS; i++) {
            Instant tied = START.plusSeconds(i / 5);
            String id = "%02d".formatted(i);
            Object score = i % 4 == 0 ? null : i % 3;
            models.lead(
                    "lead-" + id,
                    "created_at",
                    tied,
                    "last_submitted_at",
                    tied.plusSeconds(i % 2),
                    "engagement_score",
                    score);
            models.session(
                    "session-" + id,
                    "visitor_id",
                    "v",
                    "started_at",
                    tied,
                    "engagement_score",
                    i % 3);
            models.submission("submission-" + id, "received_at", tied);
            models.fact("fact-" + id, "received_at", tied);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/analytics/leads?sort=created_at_desc",
                "/analytics/leads?sort=created_at_asc",
                "/analytics/leads?sort=engagement_score_desc",
                "/analytics/leads?sort=last_submitted_at_desc",
                "/analytics/submissions?outcome=accepted",
                "/analytics/facts?attributed=false",
                "/replay/sessions?sort=started_at_desc",
                "/replay/sessions?sort=started_at_asc&visitor_id=v",
                "/replay/sessions?sort=engagement_score_desc",
            })
    void walksThroughAllRowsExactlyOnce(String path) {
        for (int limit : List.of(1, 4, 22, 23, 24)) {
            assertThat(walk(path + "&limit=" + limit)).hasSize(ROWS).doesNotHaveDuplicates();
        }
    }

    @Test
    void newestComeFirstAndTiesGoById() {
        assertThat(walk("/analytics/leads?limit=3")).isSortedAccordingTo(Comparator.reverseOrder());
        assertThat(walk("/analytics/leads?limit=3&sort=created_at_asc")).isSorted();
    }

    @Test
    void theCursorCarriesTheSort() {
        var first = api.get("/analytics/leads?limit=5&sort=created_at_asc", ADMIN).json();

        var next =
                api.get(
                                "/analytics/leads?limit=5&cursor="
                                        + first.get("next_cursor").asString(),
                                ADMIN)
                        .json();

        assertThat(next.at("/items/0/lead_id").asString()).isEqualTo("lead-05");
    }

    @Test
    void rowsThatArriveBetweenPagesShiftNothing() {
        var first = api.get("/analytics/leads?limit=5", ADMIN).json();
        models.lead("lead-new", "created_at", START.plusSeconds(3600));

        var next =
                api.get(
                                "/analytics/leads?limit=5&cursor="
                                        + first.get("next_cursor").asString(),
                                ADMIN)
                        .json();

        assertThat(next.at("/items/0/lead_id").asString()).isEqualTo("lead-17");
    }

    @Test
    void offsetSkipsRows() {
        var answer =
                api.get("/replay/sessions?offset=20&sort=started_at_asc&visitor_id=v", ADMIN)
                        .json();

        assertThat(ids(answer.get("items")))
                .containsExactly("session-20", "session-21", "session-22");
    }

    private List<String> walk(String path) {
        var ids = new ArrayList<String>();
        String cursor = "";
        do {
            var answer = api.get(path + cursor, ADMIN);
            assertThat(answer.status()).as(answer.body()).isEqualTo(200);
            ids.addAll(ids(answer.json().get("items")));
            var next = answer.json().get("next_cursor");
            cursor = next.isNull() ? "" : "&cursor=" + next.asString();
        } while (!cursor.isEmpty() && ids.size() <= ROWS);
        return ids;
    }

    private static List<String> ids(tools.jackson.databind.JsonNode items) {
        return IntStream.range(0, items.size())
                .mapToObj(i -> items.get(i).iterator().next().asString())
                .toList();
    }
}
