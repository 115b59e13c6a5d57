package io.headwater.jobs.replay;

import io.headwater.backends.Backend;
import io.headwater.backends.Backends;
import io.headwater.backends.TestBackends;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/// The suite on the embedded store. It is stopped and started, so it is this class's own.
class SessionArchiveIT extends SessionArchiveSuite {

    private static final Backends KAFKA = TestBackends.shared(Backend.KAFKA);
    private static final Backends STORE = TestBackends.fresh();

    @BeforeAll
    static void start() {
        STORE.start(Backend.S3);
    }

    @AfterAll
    static void stop() {
        STORE.close();
    }

    @Override
    String kafkaBootstrap() {
        return KAFKA.kafkaBootstrap();
    }

    @Override
    String endpoint() {
        return STORE.s3Endpoint();
    }

    @Override
    String accessKey() {
        return STORE.s3AccessKey();
    }

    @Override
    String secretKey() {
        return STORE.s3SecretKey();
    }

    @Override
    void stopStore() {
        STORE.stop(Backend.S3);
    }

    @Override
    void startStore() {
        STORE.start(Backend.S3);
    }
}
