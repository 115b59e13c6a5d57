package io.headwater.launcher;

import io.headwater.backends.BackendException;
import io.headwater.backends.Backends;
import io.headwater.backends.Installation;
import java.nio.file.Files;

/// Makes topics and registers schemas, by the `Provision` command of `event-schemas`.
///
/// Once the cache file knows every schema, the registry is not asked: it may start last.
final class Provisioning {
    private static final String COMMAND = "io.headwater.schema.Provision";

    private final Installation installation;
    private final DataFolder data;
    private final Backends backends;

    Provisioning(Installation installation, DataFolder data, Backends backends) {
        this.installation = installation;
        this.data = data;
        this.backends = backends;
    }

    /// Whether earlier starts left a cache; it may still lack a schema that is new.
    boolean hasCache() {
        return Files.exists(data.schemaCache());
    }

    /// Needs Kafka; starts the registry by `registry` when it is needed.
    void run(Runnable registry) {
        if (!hasCache()) {
            registry.run();
            provide();
            return;
        }
        try {
            provide();
        } catch (BackendException cacheIsBehind) {
            registry.run();
            provide();
        }
    }

    private void provide() {
        new ModuleLoader(installation, "event-schemas", LogConfig.write(data, "provision"))
                .call(
                        COMMAND,
                        "main",
                        "--bootstrap=" + backends.kafkaBootstrap(),
                        "--registry=" + backends.registryUrl(),
                        "--cache=" + data.schemaCache(),
                        "--replication=1");
    }
}
