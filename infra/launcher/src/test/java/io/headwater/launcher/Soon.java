package io.headwater.launcher;

import static org.awaitility.Awaitility.await;

import java.time.Duration;
import org.awaitility.core.ThrowingRunnable;

/// Views follow the facts after a while: asks again until they have.
final class Soon {

    private static final Duration LIMIT = Duration.ofSeconds(120);

    private Soon() {}

    static void soon(ThrowingRunnable assertion) {
        await().atMost(LIMIT)
                .pollInterval(Duration.ofMillis(100))
                .ignoreExceptions()
                .untilAsserted(assertion);
    }
}
