package io.headwater.projectors;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// An operator, as seen by the projectors: asks in `ops.request`, reads what became of it.
public final class Rebuilding {

    /// Fast on a busy machine too.
    public static final String[] SETTINGS = {
        "--headwater.rebuild.steady=1s",
        "--headwater.rebuild.caught-up-age=10s",
        "--headwater.rebuild.rollback-age=30s",
        "--headwater.rebuild.live-age=5s",
        "--headwater.rebuild.commit-time=2s"
    };

    private static final Duration LIMIT = Duration.ofMinutes(4);
    private static final JsonMapper JSON = JsonMapper.shared();

    /// @param code rule that it breaks; null when it was accepted
    public record Answer(boolean accepted, Integer generation, String code, String reason) {}

    private final JdbcClient jdbc;

    public Rebuilding(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    public Answer ask(String projection, String action) {
        return ask(projection, action, "{}");
    }

    public Answer ask(String projection, String action, String options) {
        long id =
                jdbc.sql(
                                """
                                insert into ops.request (projection, action, options, actor)
                                values (:projection, :action, cast(:options as jsonb), 'test')
                                returning id\
                                """)
                        .param("projection", projection)
                        .param("action", action)
                        .param("options", options)
                        .query(Long.class)
                        .single();
        return Awaitility.await()
                .atMost(Duration.ofMinutes(1))
                .pollInterval(Duration.ofMillis(20))
                .until(
                        () ->
                                jdbc.sql(
                                                """
                                                select accepted, generation, code, reason
                                                from ops.request
                                                where id = :id and answered_at is not null\
                                                """)
                                        .param("id", id)
                                        .query(Answer.class)
                                        .list(),
                        answers -> !answers.isEmpty())
                .getFirst();
    }

    public void awaitState(String projection, int generation, String state) {
        Awaitility.await()
                .atMost(LIMIT)
                .pollInterval(Duration.ofMillis(50))
                .failFast(
                        "the generation failed",
                        () -> {
                            if (!state.equals("FAILED")
                                    && state(projection, generation).equals("FAILED")) {
                                throw new AssertionError(reason(projection, generation));
                            }
                        })
                .untilAsserted(() -> assertThat(state(projection, generation)).isEqualTo(state));
    }

    public String state(String projection, int generation) {
        return one(projection, generation, "state");
    }

    public String reason(String projection, int generation) {
        return one(projection, generation, "reason");
    }

    /// States that it went through.
    public List<@Nullable String> steps(String projection, int generation) {
        return jdbc.sql(
                        """
                        select to_state from ops.transition
                        where projection = :projection and generation = :generation
                        order by id\
                        """)
                .param("projection", projection)
                .param("generation", generation)
                .query(String.class)
                .list();
    }

    /// The newest one.
    public JsonNode report(String projection, int generation) {
        return JSON.readTree(
                jdbc.sql(
                                """
                                select report::text from ops.report
                                where projection = :projection and generation = :generation
                                order by id desc limit 1\
                                """)
                        .param("projection", projection)
                        .param("generation", generation)
                        .query(String.class)
                        .single());
    }

    public int live(String projection) {
        return jdbc.sql(
                        "select generation from ops.projection where projection = :projection and state = 'LIVE'")
                .param("projection", projection)
                .query(Integer.class)
                .single();
    }

    public List<Map<String, @Nullable Object>> all(String sql) {
        return jdbc.sql(sql).query().listOfRows();
    }

    private String one(String projection, int generation, String column) {
        return String.valueOf(
                jdbc.sql(
                                "select "
                                        + column
                                        + " from ops.projection where projection = :projection and generation = :generation")
                        .param("projection", projection)
                        .param("generation", generation)
                        .query(String.class)
                        .optional()
                        .orElse(""));
    }
}
