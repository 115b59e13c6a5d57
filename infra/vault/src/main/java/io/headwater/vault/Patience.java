package io.headwater.vault;

import java.time.Duration;
import java.util.Collection;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/// Waits a while for a vault that is away, for those who would have to begin again: tasks of Kafka
/// Streams.
public final class Patience {

    private static final long LIMIT_NANOS = Duration.ofSeconds(10).toNanos();
    private static final long PAUSE_MILLIS = 100;

    private Patience() {}

    public static KeySource of(KeySource keys) {
        return new KeySource() {
            @Override
            public KeyState find(String kid) {
                return ask(() -> keys.find(kid));
            }

            @Override
            public Map<String, KeyState> findAll(Collection<String> kids) {
                return ask(() -> keys.findAll(kids));
            }
        };
    }

    /// @throws VaultUnavailableException when it is still away after 10 s, or the thread is
    ///   interrupted
    public static <T> T ask(Supplier<T> question) {
        long started = System.nanoTime();
        while (true) {
            try {
                return question.get();
            } catch (VaultUnavailableException away) {
                if (System.nanoTime() - started > LIMIT_NANOS) {
                    throw away;
                }
                pause(away);
            }
        }
    }

    private static void pause(VaultUnavailableException away) {
        try {
            TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw away;
        }
    }
}
