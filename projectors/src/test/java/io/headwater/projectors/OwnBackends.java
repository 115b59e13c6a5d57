package io.headwater.projectors;

import static java.util.Objects.requireNonNull;

import io.headwater.backends.Backend;
import io.headwater.backends.Backends;
import io.headwater.backends.TestBackends;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/// A Kafka and a Postgres for one test class alone, and the application between them, which the
/// tests start. For those that stop back ends, or look at all that is there.
public final class OwnBackends implements BeforeAllCallback, AfterAllCallback {

    private @Nullable Backends backends;
    private @Nullable Platform platform;

    public Backends backends() {
        return requireNonNull(backends);
    }

    public Platform platform() {
        return requireNonNull(platform);
    }

    @Override
    public void beforeAll(ExtensionContext context) {
        var started = TestBackends.fresh();
        backends = started;
        started.start(List.of(Backend.KAFKA, Backend.POSTGRES));
        platform =
                new Platform(started.kafkaBootstrap(), started.jdbcUrl(), started.jdbcUser(), "");
    }

    @Override
    public void afterAll(ExtensionContext context) {
        if (platform != null) {
            platform.close();
        }
        if (backends != null) {
            backends.close();
        }
    }
}
