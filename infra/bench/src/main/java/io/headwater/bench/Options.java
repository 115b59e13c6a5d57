package io.headwater.bench;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// What to measure, and how much of it.
///
/// @param root folder of the repository, built
/// @param data of a platform that is running; null: one is started in a temporary folder
/// @param portOffset of the platform started here
/// @param rounds of each load, with a bare producer beside it where there is one
/// @param seconds of each half of a round, and of the open-loop load
/// @param freshnessSeconds of load while freshness is sampled
/// @param keys sessions of the projection loads, five records each, and people who send forms
/// @param idle how long the idle processes are watched
/// @param views projections that the part of that name makes anew; empty: all
record Options(
        Set<Part> parts,
        Path root,
        @Nullable Path data,
        int portOffset,
        int rounds,
        int seconds,
        int freshnessSeconds,
        int keys,
        Duration idle,
        Set<String> views) {

    static final String USAGE =
            """
            usage: headwater bench [--parts ack,webhook,freshness,resources,decide,beside,start,projection,rebuild,views,sealing,growth]
                                   [--data DIR of a running platform] [--port-offset N]
                                   [--rounds N] [--seconds N] [--freshness-seconds N]
                                   [--keys N] [--idle-seconds N] [--quick]
                                   [--views NAMES]
            """;

    /// In the order they run: those under load first, then the idle one, then restarts.
    enum Part {
        ACK,
        WEBHOOK,
        FRESHNESS,
        RESOURCES,
        DECIDE,
        BESIDE,
        START,
        PROJECTION,
        REBUILD,
        VIEWS,
        SEALING,
        GROWTH;

        /// Growth takes a quarter of an hour by itself and is asked for by name.
        static final Set<Part> BY_DEFAULT = EnumSet.complementOf(EnumSet.of(GROWTH));

        String label() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /// @throws IllegalArgumentException with the reason, for an option it does not know
    static Options parse(String... args) {
        var options =
                new Options(
                        Part.BY_DEFAULT,
                        Path.of("").toAbsolutePath(),
                        null,
                        4000,
                        3,
                        10,
                        40,
                        200_000,
                        Duration.ofSeconds(30),
                        Set.of());
        for (int i = 0; i < args.length; i++) {
            String name = args[i];
            if (name.equals("--quick")) {
                options = options.sized(1, 4, 10, 20_000, Duration.ofSeconds(5));
                continue;
            }
            if (i + 1 == args.length) {
                throw new IllegalArgumentException(name + " is unknown or lacks its value");
            }
            options = options.with(name, args[++i]);
        }
        return options;
    }

    private Options with(String name, String value) {
        return switch (name) {
            case "--parts" -> of(parts(value), root, data, portOffset);
            case "--root" -> of(parts, Path.of(value).toAbsolutePath(), data, portOffset);
            case "--data" -> of(parts, root, Path.of(value).toAbsolutePath(), portOffset);
            case "--port-offset" -> of(parts, root, data, number(name, value, 1, 40_000));
            case "--rounds" ->
                    sized(number(name, value, 1, 20), seconds, freshnessSeconds, keys, idle);
            case "--seconds" ->
                    sized(rounds, number(name, value, 1, 120), freshnessSeconds, keys, idle);
            case "--freshness-seconds" ->
                    sized(rounds, seconds, number(name, value, 5, 600), keys, idle);
            case "--keys" ->
                    sized(
                            rounds,
                            seconds,
                            freshnessSeconds,
                            number(name, value, 5_000, 2_000_000),
                            idle);
            case "--idle-seconds" ->
                    sized(
                            rounds,
                            seconds,
                            freshnessSeconds,
                            keys,
                            Duration.ofSeconds(number(name, value, 1, 600)));
            case "--views" -> showing(views(value));
            default -> throw new IllegalArgumentException(name + " is unknown");
        };
    }

    Options withPorts(int offset) {
        return of(parts, root, data, offset);
    }

    private Options of(Set<Part> parts, Path root, @Nullable Path data, int portOffset) {
        return new Options(
                parts,
                root,
                data,
                portOffset,
                rounds,
                seconds,
                freshnessSeconds,
                keys,
                idle,
                views);
    }

    private Options sized(int rounds, int seconds, int freshnessSeconds, int keys, Duration idle) {
        return new Options(
                parts,
                root,
                data,
                portOffset,
                rounds,
                seconds,
                freshnessSeconds,
                keys,
                idle,
                views);
    }

    private Options showing(Set<String> views) {
        return new Options(
                parts,
                root,
                data,
                portOffset,
                rounds,
                seconds,
                freshnessSeconds,
                keys,
                idle,
                views);
    }

    private static Set<String> views(String value) {
        var views = Set.copyOf(Arrays.asList(value.split(",")));
        if (!ViewsPart.SOURCES.keySet().containsAll(views)) {
            throw new IllegalArgumentException(
                    "--views: there are " + new TreeSet<>(ViewsPart.SOURCES.keySet()));
        }
        return views;
    }

    private static Set<Part> parts(String value) {
        var parts = EnumSet.noneOf(Part.class);
        for (String name : value.split(",")) {
            try {
                parts.add(Part.valueOf(name.strip().toUpperCase(Locale.ROOT)));
            } catch (IllegalArgumentException unknown) {
                throw new IllegalArgumentException("--parts: there is no part " + name, unknown);
            }
        }
        return parts;
    }

    private static int number(String name, String value, int min, int max) {
        int number;
        try {
            number = Integer.parseInt(value);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(name + " takes a number", e);
        }
        if (number < min || number > max) {
            throw new IllegalArgumentException(name + " is between " + min + " and " + max);
        }
        return number;
    }
}
