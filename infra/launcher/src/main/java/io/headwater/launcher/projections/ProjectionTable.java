package io.headwater.launcher.projections;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;

/// A line per generation, and below what is wrong with which.
final class ProjectionTable {
    private static final List<String> HEAD =
            List.of(
                    "projection",
                    "gen",
                    "state",
                    "health",
                    "lag age",
                    "position",
                    "accounting",
                    "fenced");

    private ProjectionTable() {}

    /// @return all are well, and no key of their newest samples differs
    static boolean print(List<Generation> generations, PrintStream out) {
        if (generations.isEmpty()) {
            out.println("no projection has reported yet");
            return false;
        }
        var rows = new ArrayList<List<String>>();
        rows.add(HEAD);
        generations.forEach(one -> rows.add(row(one)));
        int[] widths = new int[HEAD.size()];
        for (List<String> row : rows) {
            for (int i = 0; i < widths.length; i++) {
                widths[i] = Math.max(widths[i], row.get(i).length());
            }
        }
        for (List<String> row : rows) {
            var line = new StringBuilder();
            for (int i = 0; i < widths.length; i++) {
                line.append(row.get(i)).repeat(' ', widths[i] - row.get(i).length() + 2);
            }
            out.println(line.toString().stripTrailing());
        }
        generations.stream()
                .filter(one -> !one.reason().isEmpty())
                .forEach(
                        one -> out.println(one.name() + " g" + one.number() + ": " + one.reason()));
        generations.forEach(one ->
                one.sample()
                        .ifPresent(sample ->
                                out.println(
                                        one.name() + " g" + one.number() + ": " + sample.line())));
        return generations.stream()
                .allMatch(
                        one -> one.isWell() && one.sample().map(Sample::differing).orElse(0L) == 0);
    }

    private static List<String> row(Generation one) {
        return List.of(
                one.name(),
                "g" + one.number(),
                one.state(),
                one.health(),
                Texts.age(one.lagAgeMillis()),
                one.isOnItsWay() ? progress(one) : position(one),
                one.addsUp() ? "holds" : "DOES NOT HOLD",
                Texts.count(one.fenced()));
    }

    private static String position(Generation one) {
        return Texts.count(one.nextOffsets()) + " of " + Texts.count(one.endOffsets());
    }

    private static String progress(Generation one) {
        if (one.total() == 0) {
            return "nothing to read yet";
        }
        return "%d %% of %s%s"
                .formatted(
                        Texts.percent(one.done(), one.total()),
                        Texts.count(one.total()),
                        one.eta().map(eta -> ", ETA " + Texts.clock(eta)).orElse(""));
    }
}
