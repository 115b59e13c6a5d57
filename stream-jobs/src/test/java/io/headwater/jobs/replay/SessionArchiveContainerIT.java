package io.headwater.jobs.replay;

import io.headwater.backends.Backend;
import io.headwater.backends.TestBackends;
import org.testcontainers.containers.MinIOContainer;
import org.testcontainers.junit.jupiter.Container;
import org.testcontainers.junit.jupiter.Testcontainers;

/// The suite on MinIO itself, where Docker is.
@Testcontainers(disabledWithoutDocker = true)
class SessionArchiveContainerIT extends SessionArchiveSuite {

    @Container
    private static final MinIOContainer STORE =
            new MinIOContainer("minio/minio:RELEASE.2025-09-07T16-13-09Z");

    @Override
    String kafkaBootstrap() {
        return TestBackends.shared(Backend.KAFKA).kafkaBootstrap();
    }

    @Override
    String endpoint() {
        return STORE.getS3URL();
    }

    @Override
    String accessKey() {
        return STORE.getUserName();
    }

    @Override
    String secretKey() {
        return STORE.getPassword();
    }

    @Override
    void stopStore() {
        STORE.getDockerClient().pauseContainerCmd(STORE.getContainerId()).exec();
    }

    @Override
    void startStore() {
        STORE.getDockerClient().unpauseContainerCmd(STORE.getContainerId()).exec();
    }
}
