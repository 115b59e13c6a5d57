package io.headwater.query;

import static io.headwater.query.RunningQueryApi.ADMIN;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.headwater.backends.Backend;
import io.headwater.backends.TestBackends;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

/// All of one answer comes from one generation and one state of its tables, whatever is switched or
/// written while its queries run.
class OnePageIT {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final String LEAD = "/analytics/leads/main_1";
    private static final List<String> MANY_QUERIES =
            List.of(
                    LEAD,
                    LEAD + "/timeline",
                    "/analytics/overview",
                    "/analytics/realtime",
                    "/analytics/engine/overview",
                    "/api/accounting",
                    "/replay/sessions/s1");

    private final RunningQueryApi api = EmbeddedReadModels.api();
    private final ReadModels models = EmbeddedReadModels.models();

    @BeforeEach
    void aLeadThatTheNextGenerationNamesOtherwise() {
        models.clear();
        models.lead("main_1", "first_name", "One", "session_id", "s1", "visitor_id", "v1");
        models.submission("sub-1", "lead_id", "main_1", "first_name", "One");
        models.session("s1", "visitor_id", "v1");
        models.tables("leads", 2);
        models.generation("leads", 2, "state", "READY");
        models.jdbc().sql("insert into leads_g2.leads select * from leads_g1.leads").update();
        models.jdbc().sql("update leads_g2.leads set first_name = 'Two'").update();
        models.jdbc()
                .sql("insert into leads_g2.submissions select * from leads_g1.submissions")
                .update();
        models.beat();
    }

    @AfterEach
    void backToTheFirst() throws SQLException {
        try (var operator = connection()) {
            switchTo(operator, 2, 1);
            operator.commit();
        }
        models.jdbc().sql("drop schema leads_g2 cascade").update();
        models.clear();
    }

    @Test
    void aSwitchBetweenTwoQueriesOfAnAnswerWaitsForIt() throws Exception {
        try (var blocker = connection();
                var operator = connection();
                var asking = Executors.newVirtualThreadPerTaskExecutor()) {
            blocker.createStatement()
                    .execute("lock table leads_g1.submissions in access exclusive mode");
            var answer = CompletableFuture.supplyAsync(() -> api.get(LEAD, ADMIN), asking);
            awaitQueryThatWaits();

            assertThatThrownBy(() -> switchTo(operator, 1, 2))
                    .isInstanceOf(SQLException.class)
                    .extracting(e -> ((SQLException) e).getSQLState())
                    .isEqualTo("55P03");
            operator.rollback();
            models.session("s2", "visitor_id", "v1");
            blocker.rollback();

            var page = answer.get();
            assertThat(page.status()).as(page.body()).isEqualTo(200);
            assertThat(page.header("X-Generation")).isEqualTo("leads=1, sessions=1");
            assertThat(page.json().at("/first_name").asString()).isEqualTo("One");
            assertThat(page.json().get("submissions_list")).hasSize(1);
            assertThat(page.json().get("sessions")).as("of the moment it began").hasSize(1);

            switchTo(operator, 1, 2);
            operator.commit();
            var next = api.get(LEAD, ADMIN);
            assertThat(next.header("X-Generation")).isEqualTo("leads=2, sessions=1");
            assertThat(next.json().at("/first_name").asString()).isEqualTo("Two");
            assertThat(next.json().get("sessions")).hasSize(2);
        }
    }

    @Test
    void anAnswerThatWaitedForASwitchIsOfTheNewGenerationAndSaysSo() throws Exception {
        try (var operator = connection();
                var asking = Executors.newVirtualThreadPerTaskExecutor()) {
            switchTo(operator, 1, 2);
            var answer = CompletableFuture.supplyAsync(() -> api.get(LEAD, ADMIN), asking);
            awaitQueryThatWaits();
            operator.commit();

            var page = answer.get();
            assertThat(page.status()).as(page.body()).isEqualTo(200);
            assertThat(page.header("X-Generation")).isEqualTo("leads=2, sessions=1");
            assertThat(page.json().at("/first_name").asString()).isEqualTo("Two");
        }
    }

    @Test
    void anAnswerNeedsOneConnection() {
        try (var lone = lone()) {
            for (String path : MANY_QUERIES) {
                var page = lone.get(path, ADMIN);

                assertThat(page.status()).as(page.body()).isEqualTo(200);
                assertThat(page.header("X-Generation")).as(path).isNotEmpty();
            }
        }
    }

    @Test
    void aReaderThatFrozeDoesNotKeepASwitchWaitingForEver() {
        var jdbc = JdbcClient.create(api.context().getBean(javax.sql.DataSource.class));

        assertThat(
                        jdbc.sql("show idle_in_transaction_session_timeout")
                                .query(String.class)
                                .single())
                .isEqualTo("1min");
    }

    private static RunningQueryApi lone() {
        var backends = TestBackends.shared(Backend.POSTGRES);
        return new RunningQueryApi(
                backends.jdbcUrl(),
                backends.jdbcQueryUser(),
                "",
                "--headwater.postgres.pool-size=1",
                "--headwater.postgres.connect-limit=2s");
    }

    /// As the projectors do it, up to the commit.
    private static void switchTo(Connection operator, int from, int to) throws SQLException {
        try (var statement = operator.createStatement()) {
            statement.execute(
                    """
                    update ops.projection set state = 'RETIRING'
                    where projection = 'leads' and generation = %d
                    """
                            .formatted(from));
            statement.execute("select ops.publish('leads', %d)".formatted(to));
        }
    }

    private void awaitQueryThatWaits() {
        await().atMost(PATIENCE)
                .until(() ->
                        models.jdbc()
                                        .sql(
                                                """
                                                select count(*)
                                                from pg_stat_activity
                                                where application_name = 'headwater-query-api'
                                                  and wait_event_type = 'Lock'
                                                """)
                                        .query(Integer.class)
                                        .single()
                                == 1);
    }

    private static Connection connection() throws SQLException {
        var backends = TestBackends.shared(Backend.POSTGRES);
        var connection = DriverManager.getConnection(backends.jdbcUrl(), backends.jdbcUser(), "");
        connection.setAutoCommit(false);
        return connection;
    }
}
