package io.headwater.launcher.projections;

import io.headwater.launcher.query.Answer;
import java.io.Console;
import java.io.PrintStream;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// One run of a command about projections.
public final class Operator {

    /// What was asked is so: all well, live, equal, switched, gone.
    public static final int DONE = 0;

    /// A projection is not well; a rebuild failed, or its verification found a difference.
    public static final int FAILED = 1;

    /// The command line is wrong, the platform does not run, or it refused what was asked.
    public static final int UNABLE = 2;

    private static final Duration EVERY = Duration.ofSeconds(1);
    private static final Duration PATIENCE = Duration.ofMinutes(5);
    private static final Duration UNLIMITED = Duration.ofDays(365);

    /// A switch takes milliseconds, dropping a generation seconds.
    private static final Duration LIMIT = Duration.ofMinutes(2);

    private static final int DEFAULT_WIDTH = 100;

    private final CommandLine line;
    private final OperatorApi api;
    private final Watch watch;
    private final ProgressBar bar;
    private final PrintStream out;
    private final PrintStream err;

    Operator(CommandLine line, PrintStream out, PrintStream err, ProgressBar bar, Duration every) {
        this.line = line;
        this.out = out;
        this.err = err;
        this.bar = bar;
        this.api = OperatorApi.of(line.data());
        this.watch = new Watch(every, PATIENCE, bar::say);
    }

    /// @param word the first of a command line
    public static boolean knows(String word) {
        return CommandLine.Verb.of(word) != null;
    }

    /// @param args the command, then its words
    /// @return the exit status
    public static int run(List<String> args, Map<String, String> environment) {
        Console console = System.console();
        var bar =
                new ProgressBar(
                        System.out, console != null && console.isTerminal(), width(environment));
        return run(args, System.out, System.err, bar, EVERY);
    }

    static int run(
            List<String> args, PrintStream out, PrintStream err, ProgressBar bar, Duration every) {
        try {
            CommandLine.Verb verb = CommandLine.Verb.of(args.getFirst());
            if (verb == null) {
                throw new OperatorException("'" + args.getFirst() + "' is no command");
            }
            var line = CommandLine.parse(verb, args.subList(1, args.size()));
            return new Operator(line, out, err, bar, every).run();
        } catch (OperatorException | OperatorApi.Away unable) {
            bar.end();
            err.println("headwater: " + unable.getMessage());
            return UNABLE;
        }
    }

    private static int width(Map<String, String> environment) {
        String told = environment.getOrDefault("COLUMNS", "");
        return told.matches("[1-9][0-9]{0,3}") ? Integer.parseInt(told) : DEFAULT_WIDTH;
    }

    private int run() throws OperatorApi.Away {
        return switch (line.verb()) {
            case PROJECTIONS -> ProjectionTable.print(api.generations(), out) ? DONE : FAILED;
            case REBUILD, VERIFY -> line.sample() == null ? rebuild() : sample(line.sample());
            case ROLLBACK -> rollback();
            case RETIRE -> retire();
            case REPORT -> report();
        };
    }

    private int rebuild() throws OperatorApi.Away {
        ObjectNode options = OperatorApi.JSON.createObjectNode();
        if (line.from() != null) {
            options.put("from", line.from());
        }
        if (line.maxRate() != null) {
            options.put("max_rate", line.maxRate());
        }
        if (!line.expected().isEmpty()) {
            line.expected().forEach(options.putArray("expected")::add);
        }
        int generation = generationOf(ask(line.verifyOnly() ? "verify" : "rebuild", options));
        if (!line.watch()) {
            out.println(
                    "%s: generation %d is on its way; ./headwater projections shows how far it is"
                            .formatted(line.name(), generation));
            return DONE;
        }
        List<Generation> found =
                watch.until(
                        () -> api.generations(line.name()),
                        all -> one(all, generation).forEach(bar::show),
                        all -> one(all, generation).stream().anyMatch(Operator::isOver),
                        UNLIMITED);
        bar.end();
        return tell(one(found, generation).getFirst());
    }

    private int sample(int keys) throws OperatorApi.Away {
        var options = OperatorApi.JSON.createObjectNode().put("sample", keys);
        long request = ask("verify", options).body().path("request_id").asLong(0);
        var found =
                watch.until(
                        () -> api.samples(line.name()),
                        _ -> {},
                        all -> all.stream().anyMatch(one -> one.isOf(request) && one.isOver()),
                        UNLIMITED);
        var sample = found.stream().filter(one -> one.isOf(request)).findFirst().orElseThrow();
        sample.print(out);
        if (sample.differing() > 0) {
            err.println(
                    "./headwater rebuild-key %s KEY puts one right; docs/rebuilding.md says more"
                            .formatted(line.name()));
        }
        return sample.isWell() ? DONE : FAILED;
    }

    private static List<Generation> one(List<Generation> all, int generation) {
        return all.stream().filter(one -> one.number() == generation).toList();
    }

    /// Live, compared, failed, or dropped by somebody.
    private static boolean isOver(Generation one) {
        return !one.isOnItsWay() && !one.state().isEmpty();
    }

    private int tell(Generation one) throws OperatorApi.Away {
        if (one.isCompared()) {
            var report = api.report(line.name(), one.number());
            if (report.good()) {
                Comparison.print(report.body(), out);
            }
        }
        String subject = line.name() + ": generation " + one.number();
        if (one.state().equals("FAILED")) {
            err.println(subject + " failed: " + one.reason());
            err.println(
                    "its tables stay for a look; ./headwater retire %s --generation %d drops them"
                            .formatted(line.name(), one.number()));
            return FAILED;
        }
        if (one.isForVerification()) {
            if (one.isCompared() && one.isEqual()) {
                out.println(line.name() + ": the live view is equal to one made from the topics");
                return DONE;
            }
            err.println(
                    subject
                            + (one.isCompared()
                                    ? " differs from the live one"
                                    : " was dropped before it was compared"));
            return FAILED;
        }
        if (one.state().equals("LIVE") || one.wasLive()) {
            out.println(
                    subject
                            + (one.state().equals("LIVE")
                                    ? " is live"
                                    : " was live, and is no longer"));
            return DONE;
        }
        err.println(subject + " was dropped before it was live");
        return FAILED;
    }

    private int rollback() throws OperatorApi.Away {
        int generation = generationOf(ask("rollback", OperatorApi.JSON.createObjectNode()));
        Predicate<List<Generation>> live =
                all -> one(all, generation).stream().anyMatch(one -> one.state().equals("LIVE"));
        if (live.test(watch.until(() -> api.generations(line.name()), _ -> {}, live, LIMIT))) {
            out.println(
                    line.name() + ": generation " + generation + " is live; once more goes back");
            return DONE;
        }
        err.println(
                line.name()
                        + ": generation "
                        + generation
                        + " is not live yet; ./headwater projections shows why");
        return FAILED;
    }

    private int retire() throws OperatorApi.Away {
        Integer named = line.generation();
        List<Integer> wanted =
                named != null
                        ? List.of(named)
                        : api.generations(line.name()).stream()
                                .filter(Generation::isLeftOver)
                                .map(Generation::number)
                                .toList();
        ObjectNode options = OperatorApi.JSON.createObjectNode();
        if (named != null) {
            options.put("generation", named);
        }
        ask("retire", options);
        Predicate<List<Generation>> gone =
                all ->
                        all.stream()
                                .filter(one -> wanted.contains(one.number()))
                                .allMatch(one -> one.state().equals("GONE"));
        var stuck = new Stuck(wanted);
        List<Generation> found =
                watch.until(
                        () -> api.generations(line.name()),
                        _ -> {},
                        all -> gone.test(all) || stuck.test(all),
                        LIMIT);
        String which =
                (wanted.size() == 1 ? "generation " : "generations ")
                        + wanted.stream().map(String::valueOf).collect(Collectors.joining(", "));
        if (gone.test(found)) {
            out.println(
                    line.name() + ": " + which + (wanted.size() == 1 ? " is gone" : " are gone"));
            return DONE;
        }
        err.println(line.name() + ": " + which + " not gone yet; ./headwater projections shows it");
        found.stream()
                .filter(one -> wanted.contains(one.number()) && !one.reason().isEmpty())
                .forEach(one -> err.println("g" + one.number() + ": " + one.reason()));
        return FAILED;
    }

    private int report() throws OperatorApi.Away {
        Integer named = line.generation();
        int generation = named != null ? named : newestCompared();
        var report = api.report(line.name(), generation);
        if (!report.good()) {
            throw new OperatorException(
                    report.status() == 404
                            ? line.name() + " generation " + generation + " was not compared"
                            : report.detail());
        }
        out.println(report.text());
        return DONE;
    }

    private int newestCompared() throws OperatorApi.Away {
        return api.generations(line.name()).stream()
                .filter(Generation::isCompared)
                .mapToInt(Generation::number)
                .max()
                .orElseThrow(() ->
                        new OperatorException("no generation of " + line.name() + " was compared"));
    }

    private Answer ask(String action, JsonNode options) throws OperatorApi.Away {
        var answer = api.ask(line.name(), action, options);
        if (!answer.good()) {
            throw new OperatorException(
                    "%s of %s %s%s: %s"
                            .formatted(
                                    action,
                                    line.name(),
                                    answer.status() < 500 ? "refused" : "not answered",
                                    answer.rule().isEmpty() ? "" : " (" + answer.rule() + ")",
                                    answer.detail()));
        }
        return answer;
    }

    private static int generationOf(Answer answer) {
        @Nullable JsonNode generation = answer.body().get("generation");
        if (generation == null || !generation.isInt()) {
            throw new OperatorException("query-api did not say which generation it is about");
        }
        return generation.intValue();
    }
}
