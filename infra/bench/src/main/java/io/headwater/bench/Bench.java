package io.headwater.bench;

import io.headwater.bench.Options.Part;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Comparator;
import java.util.Set;
import java.util.stream.Stream;

/// `./headwater bench`: progress on standard error, one JSON document on standard output. Ends with
/// 0 when every target is met, 1 when one is missed, 2 when it could not be measured.
public final class Bench {

    private static final String BESIDE_EVERYTHING = "_beside_everything";

    /// Parts that are measured with the command API alone, too.
    private static final Set<Part> ALONE = Set.of(Part.ACK, Part.WEBHOOK, Part.DECIDE);

    /// Parts that start back ends of their own.
    private static final Set<Part> OF_THEIR_OWN =
            Set.of(
                    Part.PROJECTION,
                    Part.REBUILD,
                    Part.VIEWS,
                    Part.SEALING,
                    Part.GROWTH,
                    Part.BESIDE);

    private Bench() {}

    public static void main(String... args) throws Exception {
        var progress = new Progress(System.err);
        Options options;
        try {
            options = Options.parse(args);
        } catch (IllegalArgumentException wrong) {
            System.err.println(wrong.getMessage() + "\n" + Options.USAGE);
            System.exit(2);
            return;
        }
        Path folder = Files.createTempDirectory("headwater-bench-");
        var report = new Report(options);
        int status;
        try {
            measure(options, folder, report, progress);
            status = report.pass() ? 0 : 1;
            delete(folder);
        } catch (IllegalStateException | IOException | SQLException failed) {
            progress.say("failed: %s; logs are in %s", failed, folder);
            report.failed(String.valueOf(failed.getMessage()));
            status = 2;
        }
        System.out.println(report.json());
        System.exit(status);
    }

    private static void measure(Options options, Path folder, Report report, Progress progress)
            throws Exception {
        Path running = options.data();
        if (running != null) {
            try (var platform = Platform.running(running)) {
                underLoad(platform, options, report, progress);
            }
        } else if (options.parts().stream().anyMatch(part -> !OF_THEIR_OWN.contains(part))) {
            if (options.parts().stream().anyMatch(ALONE::contains)) {
                edge(options, folder.resolve("edge"), report, progress);
            }
            Path data = folder.resolve("platform");
            progress.say("starting a platform in %s", data);
            String integration;
            URI commandApi;
            try (var platform = Platform.start(options.root(), data, options.portOffset())) {
                integration = Administration.integrationKey(platform);
                commandApi = platform.commandApi();
                underLoad(platform, options, report, progress);
            }
            if (options.parts().contains(Part.START)) {
                report.add(
                        Part.START,
                        new StartPart(data, options, progress)
                                .run(report.details(Part.START.label()), integration, commandApi));
            }
        }
        if (options.parts().contains(Part.BESIDE)) {
            beside(options, folder.resolve("beside"), report, progress);
        }
        if (options.parts().contains(Part.DECIDE)) {
            report.add(
                    Part.DECIDE,
                    DecidePart.share(options, report.details(Part.DECIDE.label()), progress));
        }
        if (options.parts().contains(Part.PROJECTION)) {
            report.add(
                    Part.PROJECTION,
                    new ProjectionPart(folder.resolve("projection"), options, progress)
                            .run(report.details(Part.PROJECTION.label())));
        }
        if (options.parts().contains(Part.REBUILD)) {
            report.add(
                    Part.REBUILD,
                    new RebuildPart(folder.resolve("rebuild"), options, progress)
                            .run(report.details(Part.REBUILD.label())));
        }
        if (options.parts().contains(Part.VIEWS)) {
            report.add(
                    Part.VIEWS,
                    new ViewsPart(folder.resolve("views"), options, progress)
                            .run(report.details(Part.VIEWS.label())));
        }
        if (options.parts().contains(Part.SEALING)) {
            report.add(
                    Part.SEALING,
                    new SealingPart(folder.resolve("sealing"), options, progress)
                            .run(report.details(Part.SEALING.label())));
        }
        if (options.parts().contains(Part.GROWTH)) {
            report.add(
                    Part.GROWTH,
                    new GrowthPart(folder.resolve("growth"), options, progress)
                            .run(report.details(Part.GROWTH.label())));
        }
    }

    /// Without the jobs: 200,000 visits at once would keep them, and both cores, busy with an
    /// object each for many minutes.
    private static void beside(Options options, Path data, Report report, Progress progress)
            throws Exception {
        progress.say("starting a platform without the jobs");
        try (var platform =
                Platform.start(
                        options.root(), data, options.portOffset(), "--without", "stream-jobs")) {
            report.add(
                    Part.BESIDE,
                    new BesidePart(platform, options, progress)
                            .run(report.details(Part.BESIDE.label())));
        }
    }

    private static void edge(Options options, Path data, Report report, Progress progress)
            throws Exception {
        progress.say("starting the command API alone");
        try (var platform = Platform.startCommandApi(options.root(), data, options.portOffset())) {
            if (options.parts().contains(Part.ACK)) {
                report.add(
                        Part.ACK,
                        new AckPart("", platform, options, progress)
                                .run(report.details(Part.ACK.label())));
            }
            if (options.parts().contains(Part.WEBHOOK)) {
                report.add(
                        Part.WEBHOOK,
                        new WebhookPart("", platform, options, progress)
                                .run(report.details(Part.WEBHOOK.label())));
            }
            decide("", platform, options, report, progress);
        }
    }

    private static void underLoad(
            Platform platform, Options options, Report report, Progress progress) throws Exception {
        if (options.parts().contains(Part.ACK)) {
            report.add(
                    Part.ACK,
                    new AckPart(BESIDE_EVERYTHING, platform, options, progress)
                            .run(report.details("ack_beside_everything")));
        }
        if (options.parts().contains(Part.WEBHOOK)) {
            report.add(
                    Part.WEBHOOK,
                    new WebhookPart(BESIDE_EVERYTHING, platform, options, progress)
                            .run(report.details("webhook_beside_everything")));
        }
        decide(BESIDE_EVERYTHING, platform, options, report, progress);
        if (options.parts().contains(Part.FRESHNESS)) {
            report.add(
                    Part.FRESHNESS,
                    new FreshnessPart(platform, options, progress)
                            .run(report.details(Part.FRESHNESS.label())));
        }
        if (options.parts().contains(Part.RESOURCES)) {
            report.add(
                    Part.RESOURCES,
                    new ResourcesPart(platform, options, progress)
                            .run(report.details(Part.RESOURCES.label())));
        }
    }

    private static void decide(
            String suffix, Platform platform, Options options, Report report, Progress progress)
            throws Exception {
        if (options.parts().contains(Part.DECIDE)) {
            String integration = Administration.integrationKey(platform);
            report.add(
                    Part.DECIDE,
                    new DecidePart(suffix, platform, integration, options, progress).run());
        }
    }

    private static void delete(Path folder) {
        try (Stream<Path> files = Files.walk(folder)) {
            files.sorted(Comparator.reverseOrder())
                    .forEach(file -> {
                        try {
                            Files.delete(file);
                        } catch (IOException e) {
                            throw new UncheckedIOException(e);
                        }
                    });
        } catch (IOException | UncheckedIOException left) {
            System.err.println("left behind: " + folder);
        }
    }
}
