package io.headwater.command.tracking;

import org.jspecify.annotations.Nullable;

/// The calls of the tracker; a slash at the end of the path does not matter.
enum TrackingCall {
    START,
    EVENT,
    BATCH,
    END;

    /// @param path decoded, from the root
    static @Nullable TrackingCall at(String path) {
        return switch (path.endsWith("/") ? path.substring(0, path.length() - 1) : path) {
            case "/track/session/start" -> START;
            case "/track/event" -> EVENT;
            case "/track/events/batch" -> BATCH;
            case "/track/session/end" -> END;
            default -> null;
        };
    }
}
