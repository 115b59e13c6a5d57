package io.headwater.launcher;

import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;

/// Asks query-api for rebuilds, each at a rate that no other request has, by which it is found
/// again; the answer is awaited by a thread of its own.
final class RebuildAsker {

    /// Records a second: a backfill takes a moment, and is not what a rebuild waits for.
    private static final int LOWEST_RATE = 3_000;

    private final Caller caller = new Caller();
    private final LaunchedPlatform platform;
    private final Map<Integer, CompletableFuture<Optional<Caller.Answer>>> asked = new TreeMap<>();

    RebuildAsker(LaunchedPlatform platform) {
        this.platform = platform;
    }

    /// @return its rate
    int ask() {
        int rate = LOWEST_RATE + asked.size();
        var answer = new CompletableFuture<Optional<Caller.Answer>>();
        asked.put(rate, answer);
        Thread.ofVirtual().start(() -> answer.complete(send("rebuild", rate)));
        return rate;
    }

    /// Asks for a comparison, and waits for the answer.
    ///
    /// @return the generation that is made for it
    int verify() {
        var answer = send("verify", LOWEST_RATE + 100_000).orElseThrow();
        if (answer.status() != 202) {
            throw new AssertionError(answer.text());
        }
        return answer.json().path("generation").asInt();
    }

    /// Waits for answers that are still to come.
    ///
    /// @return what was answered, by rate; empty when query-api was killed before
    Map<Integer, Optional<Caller.Answer>> answers() {
        var answers = new TreeMap<Integer, Optional<Caller.Answer>>();
        asked.forEach((rate, answer) -> answers.put(rate, answer.join()));
        return answers;
    }

    private Optional<Caller.Answer> send(String action, int rate) {
        try {
            return Optional.of(
                    caller.post(
                            platform.queryApi()
                                    .resolve(
                                            "/api/projections/"
                                                    + Rebuilds.PROJECTION
                                                    + "/"
                                                    + action),
                            Caller.JSON_TYPE,
                            "{\"max_rate\":" + rate + "}",
                            Map.of("X-API-Key", platform.adminKey())));
        } catch (Caller.Unanswered killed) {
            return Optional.empty();
        }
    }
}
