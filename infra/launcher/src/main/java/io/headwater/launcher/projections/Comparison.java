package io.headwater.launcher.projections;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;

/// What a report says, as people read it: a line per table, and the first keys that differ.
final class Comparison {
    /// Keys told of each table; the report has more.
    private static final int TOLD = 10;

    private Comparison() {}

    static void print(JsonNode report, PrintStream out) {
        JsonNode tables = report.path("tables");
        out.println(
                "compared with generation %d at one cut: %s, %s rows"
                        .formatted(
                                report.path("against").asInt(0),
                                tables.size() == 1 ? "1 table" : tables.size() + " tables",
                                Texts.count(report.path("rows").asLong(0))));
        int widest =
                tables.valueStream()
                        .mapToInt(table -> table.path("table").asString("").length())
                        .max()
                        .orElse(0);
        for (JsonNode table : tables) {
            out.println("  " + line(table, widest));
            keys(table).forEach(key -> out.println("    " + key));
        }
        report.path("dead_letters")
                .forEach(letter ->
                        out.println("  cannot be folded any more: " + letter.asString("")));
        String refused = report.path("refused_because").asString("");
        if (!refused.isEmpty()) {
            out.println("not switched: " + refused);
        }
    }

    private static String line(JsonNode table, int widest) {
        long live = table.at("/rows/live").asLong(0);
        long candidate = table.at("/rows/candidate").asLong(0);
        var line = new StringBuilder(table.path("table").asString(""));
        line.repeat(' ', widest - line.length() + 2).append(Texts.count(candidate)).append(" rows");
        if (live != candidate) {
            line.append(" where the live one has ").append(Texts.count(live));
        }
        long total = table.at("/differences/total").asLong(0);
        line.append(
                table.path("equal").asBoolean(false)
                        ? ", equal"
                        : ", DIFFERS in " + (total == 1 ? "1 row" : Texts.count(total) + " rows"));
        String ignored = joined(table.path("ignored_columns"));
        if (!ignored.isEmpty()) {
            line.append(" (not compared: ").append(ignored).append(')');
        }
        return line.toString();
    }

    private static List<String> keys(JsonNode table) {
        JsonNode listed = table.at("/differences/listed");
        var lines = new ArrayList<String>();
        listed.valueStream().limit(TOLD).forEach(one -> lines.add(key(one)));
        long more = table.at("/differences/total").asLong(0) - lines.size();
        if (!lines.isEmpty() && more > 0) {
            lines.add("… and " + Texts.count(more) + " more");
        }
        return lines;
    }

    private static String key(JsonNode difference) {
        String key = difference.path("key").asString("");
        return switch (difference.path("kind").asString("")) {
            case "only-live" -> key + "  is missing in the rebuild";
            case "only-candidate" -> key + "  is only in the rebuild";
            default -> key + "  differs in " + joined(difference.path("columns"));
        };
    }

    private static String joined(JsonNode names) {
        return String.join(", ", names.valueStream().map(one -> one.asString("")).toList());
    }
}
