package io.headwater.query.projection;

import io.headwater.query.platform.postgres.PostgresSettings;
import io.headwater.query.platform.postgres.Rows;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/// Asks the projectors for something and waits for their answer. The one place of this application
/// that writes: a row of ops.request, over a connection of its own, so that no other query can.
@Component
class RebuildRequests {
    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(100);

    private final JdbcClient jdbc;
    private final JdbcClient writer;
    private final RebuildSettings settings;
    private final JsonMapper json;

    RebuildRequests(
            JdbcClient jdbc, PostgresSettings postgres, RebuildSettings settings, JsonMapper json) {
        this.jdbc = jdbc;
        this.writer = JdbcClient.create(postgres.writingDataSource("headwater-query-api-requests"));
        this.settings = settings;
        this.json = json;
    }

    enum Action {
        REBUILD("rebuild"),
        VERIFY("verify"),
        ROLLBACK("rollback"),
        RETIRE("retire");

        private final String word;

        Action(String word) {
            this.word = word;
        }

        /// As in paths and in ops.request.
        String word() {
            return word;
        }
    }

    /// @param generation that it is about; null when it is about none or several
    /// @param code of the rule, when refused
    /// @param reason of the refusal
    record Answer(
            boolean accepted,
            @Nullable Integer generation,
            @Nullable String code,
            @Nullable String reason) {}

    /// @param actor for example `key:admin`
    /// @return id of the request
    long ask(String projection, Action action, Map<String, Object> options, String actor) {
        return writer.sql(
                        """
                        insert into ops.request (projection, action, options, actor)
                        values (:projection, :action, cast(:options as jsonb), :actor)
                        returning id
                        """)
                .param("projection", projection)
                .param("action", action.word())
                .param("options", json.writeValueAsString(options))
                .param("actor", actor)
                .query(Long.class)
                .single();
    }

    /// Blocks its thread, a virtual one, up to the limit.
    ///
    /// @return empty when nobody answered: the request stands, and is answered when projectors run
    Optional<Answer> await(long request) {
        long until = System.nanoTime() + settings.answerLimit().toNanos();
        try {
            Optional<Answer> answer = find(request);
            while (answer.isEmpty() && System.nanoTime() - until < 0) {
                Thread.sleep(BETWEEN_LOOKS);
                answer = find(request);
            }
            return answer;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
    }

    private Optional<Answer> find(long request) {
        try {
            return jdbc.sql(
                            """
                            select accepted, generation, code, reason
                            from ops.request
                            where id = :id
                              and answered_at is not null
                            """)
                    .param("id", request)
                    .query(Rows.of(Answer.class))
                    .optional();
        } catch (DataAccessException e) {
            // Asked already: while Postgres is away, nobody has answered.
            return Optional.empty();
        }
    }
}
