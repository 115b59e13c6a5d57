package io.headwater.launcher.erase;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/// What erasing does not reach, in the words of docs/erasure.md, which is packed with the launcher.
final class NotCovered {

    private static final String HEADING = "## What it does not reach";
    private static final String ITEM = "- ";

    private NotCovered() {}

    static List<String> lines() {
        try (var in = NotCovered.class.getResourceAsStream("erasure.md")) {
            if (in == null) {
                throw new IllegalStateException("docs/erasure.md is not packed");
            }
            return lines(new String(in.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<String> lines(String page) {
        int start = page.indexOf(HEADING);
        if (start < 0) {
            throw new IllegalStateException("docs/erasure.md has no: " + HEADING);
        }
        int end = page.indexOf("\n## ", start);
        var lines = new ArrayList<String>();
        for (String line : page.substring(start, end < 0 ? page.length() : end).split("\n")) {
            if (line.startsWith(ITEM)) {
                lines.add(line.substring(ITEM.length()).strip());
            } else if (line.startsWith("  ") && !lines.isEmpty()) {
                lines.add(lines.removeLast() + " " + line.strip());
            }
        }
        return lines;
    }
}
