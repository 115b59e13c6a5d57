package io.headwater.launcher.sweep;

import io.headwater.launcher.sweep.SweepReport.Canary;
import io.headwater.launcher.sweep.SweepReport.PlaceReport;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/// Plants canaries in every place, searches all places for them and for the values, and takes them
/// away.
///
/// What a place cannot do ends up in its report; the other places are searched nevertheless.
public final class Sweep {

    private static final Duration SAY = Duration.ofSeconds(2);

    private final List<Function<Opened, Place>> places;
    private final PrintStream progress;

    /// Where the platform keeps things.
    private record Opened(Path data, JsonNode told) {}

    private final Opened opened;

    /// @param data folder of the platform
    /// @param told what its `run/headwater.json` says
    /// @param progress where it says how far it is
    public Sweep(Path data, JsonNode told, PrintStream progress) {
        this.opened = new Opened(data.toAbsolutePath().normalize(), told);
        this.progress = progress;
        this.places =
                List.of(
                        Sweep::topics,
                        one -> new States(one.data()),
                        one -> new Tables(databases(one)),
                        Sweep::objects,
                        one -> new Logs(one.data()),
                        one -> new OtherFiles(one.data()),
                        one -> new PostgresFiles(one.data(), databases(one)));
    }

    private static Place topics(Opened one) {
        return new Topics(one.told().path("kafka").asString());
    }

    private static Databases databases(Opened one) {
        return new Databases(one.told().path("postgres").path("jdbc_url").asString());
    }

    private static Place objects(Opened one) {
        var s3 = one.told().path("s3");
        return new Objects(
                s3.path("endpoint").asString(),
                s3.path("access_key").asString(),
                s3.path("secret_key").asString(),
                s3.path("bucket").asString());
    }

    /// @param values those that are too short are counted and not looked for
    /// @throws InterruptedException when the thread is interrupted; canaries are taken away before
    public SweepReport of(Collection<Value> values) throws InterruptedException {
        var started = Instant.now();
        var probes = new Probes();
        var open = new ArrayList<Place>();
        var failures = new LinkedHashMap<String, String>();
        try {
            for (var place : places) {
                open.add(place.apply(opened));
            }
            for (Place place : open) {
                attempt(place, failures, () -> place.plant(probes));
            }
            var wanted = values.stream().filter(Value::isSearchable).distinct().toList();
            var words =
                    new Look.Words(
                            Stream.concat(wanted.stream(), probes.values().stream()).toList());
            var reports = new ArrayList<PlaceReport>();
            for (Place place : open) {
                reports.add(searched(place, words, probes, failures));
            }
            return new SweepReport(
                    started,
                    Instant.now(),
                    counts(values, Value::isSearchable),
                    counts(values, value -> !value.isSearchable()),
                    reports,
                    SweepReport.verdict(reports));
        } finally {
            for (Place place : open) {
                leave(place);
            }
        }
    }

    private PlaceReport searched(
            Place place, Look.Words words, Probes probes, Map<String, String> failures)
            throws InterruptedException {
        var look = new Look(words, new Told(place.name()));
        if (!failures.containsKey(place.name())) {
            attempt(place, failures, () -> place.search(look));
        }
        return new PlaceReport(
                place.name(),
                place.isReadable(),
                look.counts(),
                probes.of(place.name()).stream()
                        .map(probe -> new Canary(probe.what(), look.saw(probe.value())))
                        .toList(),
                look.deciding(),
                look.names(),
                List.copyOf(look.found()),
                failures.get(place.name()));
    }

    private interface Step {
        void run() throws Exception;
    }

    private static void attempt(Place place, Map<String, String> failures, Step step)
            throws InterruptedException {
        try {
            step.run();
        } catch (InterruptedException stopped) {
            throw stopped;
        } catch (Exception e) {
            failures.put(place.name(), String.valueOf(e.getMessage()));
        }
    }

    private void leave(Place place) {
        try (place) {
            place.remove();
        } catch (Exception e) {
            progress.println(
                    "headwater: a canary stays in %s until the next sweep: %s"
                            .formatted(place.name(), e.getMessage()));
        }
    }

    private static Map<String, Integer> counts(Collection<Value> values, Predicate<Value> which) {
        var counts = new TreeMap<String, Integer>();
        values.stream()
                .distinct()
                .filter(which)
                .forEach(value -> counts.merge(value.kind().label(), 1, Integer::sum));
        return counts;
    }

    /// How far the search of a place is, now and then.
    private final class Told implements Look.Progress {
        private final String place;
        private long next = System.nanoTime() + SAY.toNanos();

        Told(String place) {
            this.place = place;
        }

        @Override
        public void at(Map<String, Long> counts, long bytes) {
            if (System.nanoTime() - next > 0) {
                next = System.nanoTime() + SAY.toNanos();
                var all = new LinkedHashMap<>(counts);
                all.put("bytes", bytes);
                progress.println("  " + place + ": " + SweepText.searched(all));
            }
        }
    }
}
