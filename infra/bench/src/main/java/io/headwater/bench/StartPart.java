package io.headwater.bench;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import tools.jackson.databind.node.ObjectNode;

/// (d) From `up` on a built tree with data to the first lead that is accepted.
final class StartPart {

    private static final int TIMES = 3;
    private static final long GIVE_UP_NANOS = TimeUnit.MINUTES.toNanos(4);

    private final Path data;
    private final Options options;
    private final Progress progress;

    /// @param data of a platform that has run and is stopped
    StartPart(Path data, Options options, Progress progress) {
        this.data = data;
        this.options = options;
        this.progress = progress;
    }

    /// @param integration a key that may capture leads
    List<Figure> run(ObjectNode details, String integration, URI commandApi)
            throws InterruptedException {
        var seconds = new ArrayList<Double>();
        var list = details.putArray("seconds");
        for (int i = 0; i < TIMES; i++) {
            long start = System.nanoTime();
            Process process = Platform.launch(options.root(), data, options.portOffset());
            try {
                awaitLead(process, commandApi, integration);
                double took = (System.nanoTime() - start) / 1e9;
                progress.say("start: first lead after %.1f s", took);
                seconds.add(took);
                list.add(Math.round(took * 10) / 10.0);
            } finally {
                Platform.end(process);
            }
        }
        return List.of(Figure.atMost("start_to_first_lead", "s", AckPart.median(seconds), 25));
    }

    private void awaitLead(Process process, URI commandApi, String integration)
            throws InterruptedException {
        long deadline = System.nanoTime() + GIVE_UP_NANOS;
        while (!accepted(commandApi, integration)) {
            if (!process.isAlive() || System.nanoTime() > deadline) {
                throw new IllegalStateException("no lead was accepted after the start");
            }
            TimeUnit.MILLISECONDS.sleep(50);
        }
    }

    /// Another person every time: what was sent before and not answered would be a duplicate.
    private static boolean accepted(URI commandApi, String integration) {
        try (var api = Platform.connect(commandApi)) {
            var answer =
                    api.post(
                            "/lead.capture",
                            "{\"email\":\"start-%d@bench.example.com\",\"first_name\":\"Start\"}"
                                    .formatted(System.nanoTime()),
                            "X-API-Key: " + integration);
            return answer.status() == 200
                    && Platform.json(answer.body()).path("status").asString("").equals("accepted");
        } catch (IOException notYet) {
            return false;
        }
    }
}
