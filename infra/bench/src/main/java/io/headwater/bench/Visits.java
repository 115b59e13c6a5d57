package io.headwater.bench;

import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;

/// Sessions opened over HTTP, and the bodies of their events.
final class Visits {

    private Visits() {}

    /// @param firstVisitor the sessions are those of so many visitors from this one on
    /// @return the ids of the sessions
    static List<String> start(URI commandApi, int firstVisitor, int count) throws IOException {
        try (var api = Platform.connect(commandApi)) {
            var sessions = new ArrayList<String>();
            for (int i = 0; i < count; i++) {
                sessions.add(start(api, firstVisitor + i));
            }
            return sessions;
        }
    }

    /// @param visitor distinguishes fingerprints
    /// @return the session's id
    static String start(KeepAlive api, int visitor) throws IOException {
        var answer =
                api.post(
                        "/track/session/start",
                        "{\"fingerprint_id\":\"bench-fingerprint-%d\",\"page\":\"/bench\"}"
                                .formatted(visitor));
        if (answer.status() != 200) {
            throw new IOException("session start answered " + answer.status() + answer.body());
        }
        return Platform.json(answer.body()).path("session_id").stringValue();
    }

    /// One click, as the browser script sends it.
    static String click(String session, long number) {
        return "{\"session_id\":\"%s\",\"event_type\":\"click\",\"page\":\"/bench/pricing\",\"timestamp\":%d,\"x\":%d,\"y\":%d,\"element\":\"button#request-quote\"}"
                .formatted(session, System.currentTimeMillis(), number % 1900, number % 1000);
    }
}
