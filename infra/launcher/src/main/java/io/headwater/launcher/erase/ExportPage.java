package io.headwater.launcher.erase;

import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/// An export as a page to be read: one file, without scripts, and nothing is fetched from
/// elsewhere. Whatever is told is text; what people typed never becomes markup.
final class ExportPage {

    /// How the views keep a row, which says nothing of a person.
    private static final Set<String> OF_VIEWS =
            Set.of("src_partition", "src_offset", "captured_offset", "version");

    private static final String HEAD =
            """
            <!DOCTYPE html>
            <html lang="en">
            <head>
            <meta charset="utf-8">
            <meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <title>What is known of a person</title>
            <style>
            body { font: 15px/1.5 system-ui, sans-serif; max-width: 60rem; margin: 2rem auto; padding: 0 1rem; }
            table { border-collapse: collapse; width: 100%; margin: 0 0 1.5rem; }
            th, td { border-bottom: 1px solid #ddd; padding: .2rem .5rem; text-align: left; vertical-align: top; }
            th { width: 16rem; font-weight: 500; }
            td { white-space: pre-wrap; overflow-wrap: anywhere; }
            .personal::after { content: " ·"; color: #b00; }
            </style>
            </head>
            <body>
            <h1>What is known of a person</h1>
            <p>A red dot marks personal data, which is kept encrypted and goes when the person is forgotten. Times are in UTC.
            The same, and more exactly, stands in person.json; what was recorded of visits stands in the folder recordings.</p>
            """;

    private final StringBuilder page = new StringBuilder(HEAD);

    private ExportPage() {}

    /// @param document with `exports` as query-api answers them, and `recordings`
    static byte[] of(JsonNode document) {
        var made = new ExportPage();
        document.path("exports").forEach(made::export);
        made.recordings(document.path("recordings"));
        return made.page.append("</body>\n</html>\n").toString().getBytes(StandardCharsets.UTF_8);
    }

    private void export(JsonNode export) {
        var subject = new StringBuilder();
        export.path("subject")
                .forEachEntry((name, value) ->
                        subject.append(' ').append(words(name)).append(' ').append(text(value)));
        heading("h2", subject.toString().strip());
        line(
                "Read at %s. Everything that was acknowledged before %s is in it."
                        .formatted(text(export.path("made_at")), text(export.path("as_of"))));
        if (export.path("forgotten").isString()) {
            line(export.path("forgotten").asString());
        }
        if (export.path("erasure").isObject()) {
            heading("h3", "Wish to be forgotten");
            table(export.path("erasure"), Set.of());
        }
        var others = export.path("person").path("other_lead_ids");
        if (!others.isEmpty()) {
            line("Leads that came of these visits: " + text(others));
        }
        for (var part : export.path("parts")) {
            var rows = part.path("rows");
            if (!rows.isEmpty()) {
                var personal = new HashSet<String>();
                part.path("personal").forEach(column -> personal.add(column.asString()));
                heading(
                        "h3",
                        "%s (%d)".formatted(words(part.path("view").asString()), rows.size()));
                rows.forEach(row -> table(row, personal));
            }
        }
    }

    /// What is not known is left out.
    private void table(JsonNode row, Set<String> personal) {
        page.append("<table>\n");
        row.forEachEntry((name, value) -> {
            if (value.isNull()
                    || value.isContainer() && value.isEmpty()
                    || OF_VIEWS.contains(name)) {
                return;
            }
            page.append(personal.contains(name) ? "<tr><th class=\"personal\">" : "<tr><th>")
                    .append(escaped(words(name)))
                    .append("</th><td>")
                    .append(escaped(text(value)))
                    .append("</td></tr>\n");
        });
        page.append("</table>\n");
    }

    private void recordings(JsonNode names) {
        if (names.isEmpty()) {
            return;
        }
        heading("h2", "Recordings of visits");
        page.append("<ul>\n");
        names.forEach(
                name -> page.append("<li>").append(escaped(name.asString())).append("</li>\n"));
        page.append("</ul>\n");
    }

    private void heading(String level, String words) {
        page.append('<').append(level).append('>').append(escaped(words));
        page.append("</").append(level).append(">\n");
    }

    private void line(String words) {
        page.append("<p>").append(escaped(words)).append("</p>\n");
    }

    private static String words(String name) {
        return name.replace('_', ' ');
    }

    private static String text(JsonNode value) {
        return value.isValueNode() ? value.asString("") : value.toString();
    }

    static String escaped(String text) {
        var safe = new StringBuilder(text.length() + 16);
        text.codePoints()
                .forEach(c -> {
                    switch (c) {
                        case '&' -> safe.append("&amp;");
                        case '<' -> safe.append("&lt;");
                        case '>' -> safe.append("&gt;");
                        case '"' -> safe.append("&quot;");
                        case '\'' -> safe.append("&#39;");
                        default -> safe.appendCodePoint(c);
                    }
                });
        return safe.toString();
    }
}
