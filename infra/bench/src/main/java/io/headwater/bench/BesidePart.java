package io.headwater.bench;

import static java.util.Objects.requireNonNull;

import io.headwater.schema.SchemaIds;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// (k) Freshness of the sessions as in (c), on a platform with a history, without and with a
/// rebuild of these sessions from the whole history, one after the other as long as samples are
/// taken.
final class BesidePart {

    private static final String PATH = "/api/projections/sessions";
    private static final long CAUGHT_UP_MILLIS = 1_000;
    private static final long LOOK_MILLIS = 200;

    private final Platform platform;
    private final Options options;
    private final Progress progress;

    BesidePart(Platform platform, Options options, Progress progress) {
        this.platform = platform;
        this.options = options;
        this.progress = progress;
    }

    List<Figure> run(ObjectNode details) throws IOException, InterruptedException {
        var told = platform.told();
        var ids =
                SchemaIds.of(
                        told.path("schema_registry").stringValue(),
                        platform.data().resolveSibling("bench-schemas.json").toString());
        int keys = options.keys();
        long records =
                new TrackingLoad(told.path("kafka").stringValue(), ids, Grounds.PARTITIONS)
                        .fill(keys, keys, 1);
        progress.say("beside: %,d records of history are read", records);
        try (var api = Platform.connect(platform.queryApi())) {
            awaitLive(api);
        }
        var without = new FreshnessPart(platform, options, progress).sample();
        List<Double> switches = new ArrayList<>();
        var with = beside(switches);
        double ratio = with.percentileMillis(0.99) / without.percentileMillis(0.99);
        details.put("history", records)
                .put("samples", with.count())
                .put("events_per_second", FreshnessPart.PER_SECOND)
                .put("switches", switches.size());
        return List.of(
                Figure.plain("freshness_p50_without_rebuild", "ms", without.percentileMillis(0.5)),
                Figure.plain("freshness_p99_without_rebuild", "ms", without.percentileMillis(0.99)),
                Figure.plain("freshness_p50_beside_rebuild", "ms", with.percentileMillis(0.5)),
                Figure.plain("freshness_p99_beside_rebuild", "ms", with.percentileMillis(0.99)),
                Figure.atMost("freshness_p99_ratio", "ratio", ratio, 2.0),
                Figure.atMost("switch_longest", "ms", Collections.max(switches), 100.0));
    }

    private Latencies beside(List<Double> switchMillis) throws InterruptedException {
        var latencies = new AtomicReference<@Nullable Latencies>();
        Crew.run(
                "beside",
                2,
                worker -> {
                    if (worker == 0) {
                        latencies.set(new FreshnessPart(platform, options, progress).sample());
                    } else {
                        try (var api = Platform.connect(platform.queryApi())) {
                            while (latencies.get() == null) {
                                if (rebuild(api, latencies)) {
                                    switchMillis.add(longestSwitch());
                                }
                            }
                        }
                    }
                });
        return requireNonNull(latencies.get());
    }

    /// The longest of the last minutes in milliseconds, as the projectors tell.
    private double longestSwitch() throws IOException {
        try (var projectors = Platform.connect(platform.projectors())) {
            var metric =
                    Platform.json(projectors.get("/actuator/metrics/projection.switch").body());
            for (var one : metric.path("measurements")) {
                if (one.path("statistic").asString("").equals("MAX")) {
                    return one.path("value").doubleValue() * 1e3;
                }
            }
            throw new IOException("no time of a switch in " + metric);
        }
    }

    /// @return whether its views were switched; not when the samples were over before
    private boolean rebuild(KeepAlive api, AtomicReference<@Nullable Latencies> over)
            throws IOException, InterruptedException {
        var accepted = api.post(PATH + "/rebuild", "{}", platform.adminHeader());
        if (accepted.status() != 202) {
            throw new IOException("no rebuild: " + accepted.status() + " " + accepted.body());
        }
        int generation = Platform.json(accepted.body()).path("generation").intValue();
        progress.say("beside: sessions g%d is made", generation);
        while (true) {
            var row = row(api, generation);
            switch (row.path("state").asString("")) {
                case "LIVE" -> {
                    return true;
                }
                case "FAILED" -> throw new IOException("the rebuild failed: " + row.path("reason"));
                default -> TimeUnit.MILLISECONDS.sleep(LOOK_MILLIS);
            }
            if (over.get() != null) {
                return false;
            }
        }
    }

    private JsonNode row(KeepAlive api, int generation) throws IOException {
        for (var row : rows(api)) {
            if (row.path("generation").intValue() == generation) {
                return row;
            }
        }
        throw new IOException("there is no generation " + generation);
    }

    private void awaitLive(KeepAlive api) throws IOException, InterruptedException {
        while (true) {
            for (var row : rows(api)) {
                if (row.path("state").asString("").equals("LIVE")
                        && row.path("lag_records").longValue() == 0
                        && row.path("lag_age_ms").longValue() < CAUGHT_UP_MILLIS) {
                    return;
                }
            }
            TimeUnit.MILLISECONDS.sleep(LOOK_MILLIS);
        }
    }

    private JsonNode rows(KeepAlive api) throws IOException {
        return Platform.json(api.get(PATH, platform.adminHeader()).body());
    }
}
