package io.headwater.backends.openapi;

import io.headwater.backends.openapi.GeneratedRequests.Call;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// An API that is tried with [GeneratedTraffic], and what its answers have to be.
public interface TriedApi {

    /// @param key empty: shows none
    record Caller(String name, String key) {}

    URI at(String target);

    /// The same requests for the same seed.
    GeneratedRequests requests(long seed);

    List<Caller> callers();

    /// Longer takes only what hangs.
    Duration soon();

    /// What would reach other tests is not sent.
    default boolean isSent(Caller caller, Call call) {
        return true;
    }

    /// @return what is wrong with the answer; null: nothing
    @Nullable String fault(Caller caller, Call call, Answer answer);

    /// Memory that the application is meant to keep after this answer.
    ///
    /// @return bytes at most
    default long kept(Caller caller, Call call, Answer answer) {
        return 0;
    }
}
