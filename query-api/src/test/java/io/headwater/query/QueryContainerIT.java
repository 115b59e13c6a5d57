package io.headwater.query;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.testcontainers.junit.jupiter.Container;
import org.testcontainers.junit.jupiter.Testcontainers;
import org.testcontainers.postgresql.PostgreSQLContainer;

/// The contract on the official image of Postgres.
@Testcontainers(disabledWithoutDocker = true)
class QueryContainerIT extends QueryContract {
    @Container
    private static final PostgreSQLContainer POSTGRES = new PostgreSQLContainer("postgres:18");

    private static ReadModels models;
    private static RunningQueryApi api;

    @BeforeAll
    static void start() {
        models =
                new ReadModels(
                                POSTGRES.getJdbcUrl(),
                                POSTGRES.getUsername(),
                                POSTGRES.getPassword())
                        .migrate();
        models.jdbc().sql("alter role headwater_query password 'query'").update();
        api = new RunningQueryApi(POSTGRES.getJdbcUrl(), "headwater_query", "query");
    }

    @AfterAll
    static void stop() {
        api.close();
    }

    @Override
    ReadModels models() {
        return models;
    }

    @Override
    RunningQueryApi api() {
        return api;
    }
}
