package io.headwater.launcher.projections;

import java.io.PrintStream;
import tools.jackson.databind.JsonNode;

/// Some keys of a live view that were compared with what their events give, as the API tells it.
///
/// @param json an element of a projection's samples, or the sample of a generation
record Sample(JsonNode json) {
    /// Keys told; the API has more.
    private static final int TOLD = 10;

    boolean isOf(long request) {
        return json.path("request_id").asLong(0) == request;
    }

    boolean isOver() {
        return json.path("ended_at").isString();
    }

    /// All that could be compared are as they should be, and something could.
    boolean isWell() {
        return differing() == 0 && (keys() > 0 || skipped() == 0 && reason().isEmpty());
    }

    long keys() {
        return json.path("keys").asLong(0);
    }

    long differing() {
        return json.path("differing").asLong(0);
    }

    private long skipped() {
        return json.path("skipped").asLong(0);
    }

    private String reason() {
        return json.path("reason").asString("");
    }

    /// `sample of 25 keys, equal, 2026-11-29T03:00:11Z`.
    String line() {
        var line = new StringBuilder("sample of ").append(Texts.count(keys())).append(" keys");
        if (!isOver()) {
            return line.append(", not over").toString();
        }
        line.append(differing() == 0 ? ", equal" : ", " + differing() + " DIFFER");
        if (skipped() > 0) {
            line.append(", ").append(skipped()).append(" not compared");
        }
        if (!reason().isEmpty()) {
            line.append(" (").append(reason()).append(')');
        }
        return line.append(", ").append(json.path("ended_at").asString("")).toString();
    }

    /// With the rows of the first keys that differ.
    void print(PrintStream out) {
        out.println(line());
        JsonNode findings = json.path("findings");
        findings.valueStream()
                .limit(TOLD)
                .forEach(finding -> {
                    out.println("  " + finding.path("key").asString(""));
                    finding.path("rows").forEach(row -> out.println("    " + row(row)));
                });
        if (differing() > TOLD) {
            out.println("  … and " + Texts.count(differing() - TOLD) + " more");
        }
    }

    private static String row(JsonNode row) {
        String name = row.path("row").asString("");
        return switch (row.path("kind").asString("")) {
            case "missing" -> name + "  is missing";
            case "surplus" -> name + "  was made by no event";
            default ->
                    name
                            + "  differs in "
                            + String.join(
                                    ", ",
                                    row.path("columns")
                                            .valueStream()
                                            .map(one -> one.asString(""))
                                            .toList());
        };
    }
}
