package io.headwater.projectors;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.testcontainers.junit.jupiter.Container;
import org.testcontainers.junit.jupiter.Testcontainers;
import org.testcontainers.kafka.KafkaContainer;
import org.testcontainers.postgresql.PostgreSQLContainer;

/// The suite on the images that people run; skipped, and so unverified, where there is no Docker.
@Testcontainers(disabledWithoutDocker = true)
class ProjectorsContainersIT extends ProjectorsSuite {

    @Container private static final KafkaContainer KAFKA = new KafkaContainer("apache/kafka:4.2.1");

    @Container
    private static final PostgreSQLContainer POSTGRES = new PostgreSQLContainer("postgres:18");

    private static Platform platform;

    @BeforeAll
    static void start() {
        platform =
                new Platform(
                        KAFKA.getBootstrapServers(),
                        POSTGRES.getJdbcUrl(),
                        POSTGRES.getUsername(),
                        POSTGRES.getPassword());
    }

    @AfterAll
    static void end() {
        platform.close();
    }

    @Override
    Platform platform() {
        return platform;
    }
}
