package io.headwater.query;

import static org.assertj.core.api.Assertions.fail;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// A client of server-sent events with any number of streams.
final class SentEvents {
    private static final JsonMapper JSON = new JsonMapper();
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final RunningQueryApi api;
    private final List<Stream<String>> open = new ArrayList<>();

    SentEvents(RunningQueryApi api) {
        this.api = api;
    }

    record Event(String name, String id, JsonNode data) {}

    BlockingQueue<Event> listen(String path, String key, String... headers) {
        var events = new LinkedBlockingQueue<Event>();
        Stream<String> lines = api.lines(path, key, headers);
        open.add(lines);
        Thread.ofVirtual().start(() -> read(lines, events));
        return events;
    }

    void closeFirst() {
        open.removeFirst().close();
    }

    void closeAll() {
        open.forEach(Stream::close);
    }

    static Event next(BlockingQueue<Event> events, String name) {
        Event event = take(events);
        while (!event.name().equals(name)) {
            event = take(events);
        }
        return event;
    }

    static Event take(BlockingQueue<Event> events) {
        try {
            Event event = events.poll(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
            return event == null ? fail("nothing came within " + PATIENCE) : event;
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void read(Stream<String> lines, BlockingQueue<Event> events) {
        Map<String, String> fields = new HashMap<>();
        try {
            lines.forEach(line -> {
                if (line.isEmpty() && fields.containsKey("data")) {
                    events.add(
                            new Event(
                                    fields.getOrDefault("event", ""),
                                    fields.getOrDefault("id", ""),
                                    JSON.readTree(fields.get("data"))));
                    fields.clear();
                } else if (line.indexOf(':') > 0) {
                    fields.put(
                            line.substring(0, line.indexOf(':')),
                            line.substring(line.indexOf(':') + 1).strip());
                }
            });
        } catch (java.io.UncheckedIOException e) {
            // Closed by the test.
            fields.clear();
        }
    }
}
