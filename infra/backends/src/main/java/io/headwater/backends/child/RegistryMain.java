package io.headwater.backends.child;

import io.headwater.backends.BackendException;
import io.headwater.backends.Http;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/// Apicurio Registry, a Quarkus application, under the rules of a child; its settings are system
/// properties.
///
/// Arguments: port of its management interface, which says when it is ready.
public final class RegistryMain {
    private static final Duration POLL = Duration.ofMillis(200);

    private RegistryMain() {}

    public static void main(String[] args) {
        String ready = "http://127.0.0.1:" + args[0] + "/health/ready";
        Child.run(() -> {
            Thread.ofPlatform().name("quarkus").start(RegistryMain::runQuarkus);
            while (!Http.isOk(ready)) {
                LockSupport.parkNanos(POLL.toNanos());
            }
            // Quarkus stops in a shutdown hook of its own.
            return () -> {};
        });
    }

    /// Not on our compile class path: the application comes as an archive.
    private static void runQuarkus() {
        try {
            Class.forName("io.quarkus.bootstrap.runner.QuarkusEntryPoint")
                    .getMethod("main", String[].class)
                    .invoke(null, (Object) new String[0]);
        } catch (ReflectiveOperationException e) {
            throw new BackendException("the registry's archive is not what we know", e);
        } finally {
            System.exit(3);
        }
    }
}
