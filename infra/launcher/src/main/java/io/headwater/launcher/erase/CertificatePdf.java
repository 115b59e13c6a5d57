package io.headwater.launcher.erase;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;

/// A certificate to be printed.
final class CertificatePdf {

    private CertificatePdf() {}

    static byte[] of(JsonNode certificate) throws IOException {
        try (var pages = new PdfPages("sha-256 " + certificate.path("sha256").asString())) {
            pages.title("Certificate of erasure");
            pages.text("Lead", certificate.path("lead_id").asString());
            pages.text("Issued", certificate.path("issued_at").asString());
            pages.text("By", certificate.path("software").asString());
            erasure(pages, certificate);
            sweep(pages, certificate.path("sweep"));
            pages.heading("What is not covered");
            for (var line : certificate.path("not_covered")) {
                pages.item(line.asString());
            }
            return pages.bytes();
        }
    }

    private static void erasure(PdfPages pages, JsonNode certificate) throws IOException {
        var erasure = certificate.path("erasure");
        pages.heading("What was done");
        pages.text("State", erasure.path("state").asString("?"));
        pages.text(
                "Asked",
                "%s, by %s (%s)"
                        .formatted(
                                erasure.path("requested_at").asString("?"),
                                erasure.path("actor").asString("?"),
                                erasure.path("cause").asString("?")));
        pages.text("Found no more", erasure.path("forgotten_at").asString("not yet"));
        pages.text("Keys destroyed", erasure.path("destroyed_at").asString("not yet"));
        pages.text("Done", erasure.path("done_at").asString("not yet"));
        pages.text("Keys", erasure.path("keys").asString("none yet"));
        var rows = new ArrayList<String>();
        erasure.path("rows")
                .forEachEntry((step, changed) -> rows.add(step + " " + changed.asString()));
        pages.text("Rows cleared", rows.isEmpty() ? "none yet" : String.join(", ", rows));
        pages.text("Ledger", certificate.path("ledger").path("keys").asString() + " lines");
    }

    private static void sweep(PdfPages pages, JsonNode sweep) throws IOException {
        pages.heading("Search for what the person had sent");
        if (!sweep.isObject()) {
            pages.item("Nobody searched: the values were not known any more.");
            return;
        }
        pages.text("Result", sweep.path("verdict").asString().replace('_', ' '));
        pages.text(
                "When",
                sweep.path("started_at").asString() + " to " + sweep.path("ended_at").asString());
        pages.text("Looked for", counts(sweep.path("values")));
        if (!sweep.path("ignored").isEmpty()) {
            pages.text("Too short", counts(sweep.path("ignored")));
        }
        for (var place : sweep.path("places")) {
            pages.text(place.path("place").asString(), place(place));
        }
    }

    private static String place(JsonNode place) {
        var parts = new ArrayList<String>();
        if (place.path("failure").isString()) {
            parts.add("could not be searched: " + place.path("failure").asString());
        }
        long found = place.path("found").asLong();
        parts.add(
                found == 0
                        ? "none found"
                        : "found in %d%s"
                                .formatted(
                                        found,
                                        place.path("readable").asBoolean()
                                                ? ""
                                                : ", bytes that are given up and not overwritten yet"));
        if (place.path("names").asLong() > 0) {
            parts.add("a name that others may have in " + place.path("names").asString());
        }
        parts.add("searched " + counts(place.path("searched")));
        var canaries = new ArrayList<String>();
        for (var one : place.path("canaries")) {
            canaries.add(
                    one.path("what").asString()
                            + (one.path("found").asBoolean() ? " (found)" : " (NOT FOUND)"));
        }
        parts.add("planted: " + String.join(", ", canaries));
        return String.join("; ", parts);
    }

    private static String counts(JsonNode counts) {
        List<String> parts = new ArrayList<>();
        counts.forEachEntry((name, count) -> parts.add(count.asString() + " " + name));
        return String.join(", ", parts);
    }
}
