package io.headwater.command.intake.capture;

import io.headwater.command.platform.web.ProblemType;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/// The idempotency keys whose first request is still being answered here. A second one is told to
/// come back, as it may carry another body; one that reaches another instance is decided after the
/// first and gets the first one's answer.
@Component
final class InFlight {

    private static final Duration SOON = Duration.ofSeconds(1);

    private final Set<String> keys = ConcurrentHashMap.newKeySet();

    /// Until it is closed.
    interface Held extends AutoCloseable {
        @Override
        void close();
    }

    /// @param key null: nothing is held
    /// @throws io.headwater.command.platform.web.ProblemException 409 while another request holds
    ///   it
    Held hold(Caller caller, @Nullable String key) {
        if (key == null) {
            return () -> {};
        }
        String held =
                caller.siteId() + "|" + caller.integrationId() + "|" + caller.formId() + "|" + key;
        if (!keys.add(held)) {
            throw ProblemType.IDEMPOTENCY_KEY_IN_FLIGHT
                    .with("The first request with this idempotency key is not answered yet.")
                    .retryAfter(SOON)
                    .asException();
        }
        return () -> keys.remove(held);
    }
}
