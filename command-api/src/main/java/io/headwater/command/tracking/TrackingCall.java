package io.headwater.command.tracking;

import org.jspecify.annotations.Nullable;

/// The calls of the tracker; a slash at the end of the path does not matter.
enum TrackingCall {
    START,
    EVENT,
    BATCH,
    END;

    /// @param path below `/track`
    static @Nullable TrackingCall at(@Nullable String path) {
        if (path == null) {
            return null;
        }
        return switch (path.endsWith("/") ? path.substring(0, path.length() - 1) : path) {
            case "/session/start" -> START;
            case "/event" -> EVENT;
            case "/events/batch" -> BATCH;
            case "/session/end" -> END;
            default -> null;
        };
    }
}
