package io.headwater.query;

import io.headwater.backends.Backend;
import io.headwater.backends.Backends;
import io.headwater.backends.TestBackends;
import org.jspecify.annotations.Nullable;

/// One Postgres and one application for all tests of this JVM; a test clears the tables first.
public final class EmbeddedReadModels {
    private static @Nullable ReadModels models;
    private static @Nullable RunningQueryApi api;

    private EmbeddedReadModels() {}

    public static synchronized ReadModels models() {
        ReadModels known = models;
        if (known == null) {
            Backends backends = TestBackends.shared(Backend.POSTGRES);
            known = new ReadModels(backends.jdbcUrl(), backends.jdbcUser(), "").migrate();
            models = known;
        }
        return known;
    }

    public static synchronized RunningQueryApi api() {
        RunningQueryApi known = api;
        if (known == null) {
            Backends backends = TestBackends.shared(Backend.POSTGRES);
            models();
            known = new RunningQueryApi(backends.jdbcUrl(), backends.jdbcQueryUser(), "");
            api = known;
        }
        return known;
    }
}
