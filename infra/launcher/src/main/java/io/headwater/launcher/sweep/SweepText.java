package io.headwater.launcher.sweep;

import io.headwater.launcher.sweep.SweepReport.PlaceReport;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/// A [SweepReport] in words.
final class SweepText {

    private SweepText() {}

    static List<String> of(SweepReport report) {
        var lines = new ArrayList<String>();
        lines.add("looked for: " + counts(report.values()));
        if (!report.ignored().isEmpty()) {
            lines.add("too short to be looked for: " + counts(report.ignored()));
        }
        for (var place : report.places()) {
            lines.add(line(place));
            for (var one : place.first()) {
                lines.add("    %s: %s".formatted(one.what(), one.where()));
            }
            long told = place.first().size();
            if (place.found() + place.names() > told) {
                lines.add("    and %d more".formatted(place.found() + place.names() - told));
            }
        }
        lines.add(
                switch (report.verdict()) {
                    case NONE_FOUND -> "none found";
                    case FOUND -> "FOUND: something of this person stands in the places above";
                    case UNPROVEN ->
                            "UNPROVEN: nothing was found, but not every place showed what was planted there";
                });
        return lines;
    }

    static String line(PlaceReport place) {
        String searched = searched(place.searched());
        if (place.failure() != null) {
            return "%-17s could not be searched: %s (%s)"
                    .formatted(place.place(), place.failure(), searched);
        }
        long seen = place.canaries().stream().filter(SweepReport.Canary::found).count();
        String found =
                place.found() == 0
                        ? "none found"
                        : "found in %d%s"
                                .formatted(
                                        place.found(),
                                        place.readable()
                                                ? ""
                                                : " (bytes given up, not overwritten yet)");
        String names = place.names() == 0 ? "" : ", a name in %d".formatted(place.names());
        return "%-17s %s%s; %d of %d canaries found; %s"
                .formatted(place.place(), found, names, seen, place.canaries().size(), searched);
    }

    static String searched(Map<String, Long> searched) {
        return searched.entrySet().stream()
                .map(one ->
                        one.getKey().equals("bytes")
                                ? bytes(one.getValue())
                                : "%,d %s".formatted(one.getValue(), one.getKey()))
                .collect(Collectors.joining(", "));
    }

    static String bytes(long bytes) {
        return bytes < 10_000_000
                ? String.format(Locale.ROOT, "%,d bytes", bytes)
                : String.format(Locale.ROOT, "%,d MB", bytes / 1_000_000);
    }

    static String counts(Map<String, Integer> counts) {
        return counts.entrySet().stream()
                .map(one -> one.getValue() + " " + one.getKey())
                .collect(Collectors.joining(", "));
    }
}
