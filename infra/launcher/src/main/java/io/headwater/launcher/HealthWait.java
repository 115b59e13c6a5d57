package io.headwater.launcher;

import io.headwater.backends.BackendException;
import io.headwater.backends.Http;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/// Waits until the `/health` of an application answers 200.
///
/// One that answers something else is alive and says itself that it is not done: after a crash it
/// may read whole topics again. It gets the time it needs; one that says nothing does not.
final class HealthWait {
    private static final Duration SILENCE_LIMIT = Duration.ofMinutes(2);
    private static final Duration POLL = Duration.ofMillis(100);
    private static final Duration SAY_EVERY = Duration.ofSeconds(20);
    private static final int MOST_SHOWN = 300;

    private final Duration limit;
    private final Duration silenceLimit;
    private final Progress progress;

    /// @param limit for an application that answers, but not with 200
    HealthWait(Duration limit, Progress progress) {
        this(limit, SILENCE_LIMIT, progress);
    }

    /// @param silenceLimit for one that does not answer at all
    HealthWait(Duration limit, Duration silenceLimit, Progress progress) {
        this.limit = limit;
        this.silenceLimit = silenceLimit;
        this.progress = progress;
    }

    /// @param alive false when its process has ended
    /// @throws BackendException when it takes too long or has ended, with its last answer
    void await(String name, String url, BooleanSupplier alive) {
        long began = System.nanoTime();
        long heard = began;
        long said = began;
        var answer = Http.get(url);
        while (answer.status() != 200) {
            if (!alive.getAsBoolean()) {
                throw new BackendException("ended before " + url + " answered 200");
            }
            long now = System.nanoTime();
            if (answer.status() != 0) {
                heard = now;
            }
            if (now - heard >= silenceLimit.toNanos()) {
                throw new BackendException(
                        "%s gives no answer for %d s".formatted(url, silenceLimit.toSeconds()));
            }
            if (now - began >= limit.toNanos()) {
                throw new BackendException(
                        "%s does not answer 200 after %d s (--start-limit), but %s"
                                .formatted(url, limit.toSeconds(), shown(answer)));
            }
            if (now - said >= SAY_EVERY.toNanos()) {
                said = now;
                progress.step(name, "not ready yet: " + shown(answer));
            }
            LockSupport.parkNanos(POLL.toNanos());
            answer = Http.get(url);
        }
    }

    private static String shown(Http.Answer answer) {
        if (answer.status() == 0) {
            return "no answer";
        }
        String body = answer.body().strip();
        return answer.status()
                + " "
                + (body.length() <= MOST_SHOWN ? body : body.substring(0, MOST_SHOWN) + "…");
    }
}
