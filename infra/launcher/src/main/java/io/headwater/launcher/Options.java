package io.headwater.launcher;

import io.headwater.launcher.demo.DemoSettings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Iterator;
import java.util.List;
import java.util.Set;

/// The command line.
///
/// @param root the built tree
/// @param data where everything is kept
/// @param portOffset added to every port, 0 … 40 000
/// @param demo fill the platform with a living demo
/// @param demoRate visits per minute of the demo
/// @param isolated each application in a process of its own
/// @param without applications to leave out, because they are run from an IDE, say
/// @param fromBucket of a restore: URL of a bucket elsewhere, empty for the one of the data folder
/// @param retention of a restore: only the last step
/// @param startLimit for an application that is alive and not ready yet, 1 … 1440 minutes
record Options(
        Command command,
        Path root,
        Path data,
        int portOffset,
        boolean demo,
        int demoRate,
        boolean isolated,
        Set<App> without,
        Duration startLimit,
        String fromBucket,
        boolean retention) {

    /// Keeps the highest port, 19 093, below 65 536.
    private static final int HIGHEST_OFFSET = 40_000;

    private static final Duration DEFAULT_START_LIMIT = Duration.ofMinutes(30);
    private static final Duration LONGEST_START_LIMIT = Duration.ofDays(1);

    enum Command {
        UP,
        DOWN,
        STATUS,
        DOCTOR,
        RESTORE
    }

    /// The command line is wrong; the message says where.
    static final class Mistake extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Mistake(String message) {
            super(message);
        }
    }

    Options {
        if (portOffset < 0 || portOffset > HIGHEST_OFFSET) {
            throw new Mistake("--port-offset must be 0 … " + HIGHEST_OFFSET + ": " + portOffset);
        }
        if (!startLimit.isPositive() || startLimit.compareTo(LONGEST_START_LIMIT) > 0) {
            throw new Mistake(
                    "--start-limit must be 1 … "
                            + LONGEST_START_LIMIT.toMinutes()
                            + " minutes: "
                            + startLimit.toMinutes());
        }
        if (demoRate < 1 || demoRate > DemoSettings.HIGHEST_RATE) {
            throw new Mistake(
                    "--demo-rate must be 1 … " + DemoSettings.HIGHEST_RATE + ": " + demoRate);
        }
    }

    static Options parse(String... args) {
        Iterator<String> words = List.of(args).iterator();
        Command command = command(words.hasNext() ? words.next() : "");
        Path root = Path.of("");
        Path data = Path.of("data");
        int portOffset = 0;
        boolean demo = false;
        int demoRate = DemoSettings.DEFAULT_RATE;
        boolean isolated = false;
        Set<App> without = EnumSet.noneOf(App.class);
        Duration startLimit = DEFAULT_START_LIMIT;
        String fromBucket = "";
        boolean retention = false;
        while (words.hasNext()) {
            String word = words.next();
            String name = word.contains("=") ? word.substring(0, word.indexOf('=')) : word;
            switch (name) {
                case "--root" -> root = Path.of(value(word, words));
                case "--data" -> data = Path.of(value(word, words));
                case "--port-offset" -> portOffset = number(name, value(word, words));
                case "--demo" -> demo = true;
                case "--demo-rate" -> demoRate = number(name, value(word, words));
                case "--isolated" -> isolated = true;
                case "--start-limit" ->
                        startLimit = Duration.ofMinutes(number(name, value(word, words)));
                case "--from-bucket" -> fromBucket = bucket(value(word, words));
                case "--retention" -> retention = true;
                case "--without" -> without.add(app(value(word, words)));
                default -> throw new Mistake("unknown option " + word + "; see --help");
            }
        }
        return new Options(
                command,
                root.toAbsolutePath().normalize(),
                data.toAbsolutePath().normalize(),
                portOffset,
                demo,
                demoRate,
                isolated,
                without,
                startLimit,
                fromBucket,
                retention);
    }

    private static String bucket(String url) {
        if (!url.matches("https?://[^/]+/[^/]+")) {
            throw new Mistake("--from-bucket must be like https://s3.example.org/BUCKET: " + url);
        }
        return url;
    }

    private static Command command(String word) {
        return switch (word) {
            case "up" -> Command.UP;
            case "down" -> Command.DOWN;
            case "status" -> Command.STATUS;
            case "doctor" -> Command.DOCTOR;
            case "restore" -> Command.RESTORE;
            default ->
                    throw new Mistake(
                            "expected up, down, status, doctor or restore, got '" + word + "'");
        };
    }

    private static String value(String word, Iterator<String> words) {
        int equals = word.indexOf('=');
        if (equals > 0) {
            return word.substring(equals + 1);
        }
        if (!words.hasNext()) {
            throw new Mistake(word + " needs a value");
        }
        return words.next();
    }

    private static int number(String name, String value) {
        try {
            return Integer.parseInt(value);
        } catch (NumberFormatException e) {
            throw new Mistake(name + " needs a number, got '" + value + "'");
        }
    }

    private static App app(String label) {
        for (App app : App.values()) {
            if (app.label().equals(label)) {
                return app;
            }
        }
        throw new Mistake("no application is called '" + label + "'");
    }
}
