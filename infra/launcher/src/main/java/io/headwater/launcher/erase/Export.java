package io.headwater.launcher.erase;

import static io.headwater.launcher.query.QueryApi.encoded;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// Everything that is known of a person, in one file to be handed to them: finds them as [Erase]
/// does, asks query-api for each lead and visitor, and fetches the recordings of their visits.
public final class Export {

    private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9._-]{1,100}");
    private static final JsonMapper JSON =
            JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

    private final PrintStream out;
    private final PrintStream err;

    Export(PrintStream out, PrintStream err) {
        this.out = out;
        this.err = err;
    }

    /// @param args `--lead ID`, `--email ADDRESS`, `--phone NUMBER` or `--visitor ID`; `--out
    ///   FILE`, `--force`, or `--json`; `--data DIR`
    /// @return the exit status: 0 when the file is there, and whole
    public static int run(List<String> args) {
        return new Export(System.out, System.err).with(args);
    }

    int with(List<String> args) {
        return Running.run(err, () -> start(args));
    }

    private int start(List<String> args) throws Failed, IOException, InterruptedException {
        var words =
                Words.of(
                        "export",
                        args,
                        Set.of("--lead", "--email", "--phone", "--visitor", "--out"),
                        Set.of("--json", "--force"));
        var asked = Leads.of("export", words);
        if (words.has("--json") && (words.has("--force") || words.last("--out") != null)) {
            throw new Failed("--json writes to standard output, without --out and --force");
        }
        refuseExisting(words.path("--out"), words.has("--force"));
        return Running.on(words.data(), running -> export(running, asked, words));
    }

    private static void refuseExisting(@Nullable Path file, boolean force) throws Failed {
        if (file != null && Files.exists(file) && (!force || Files.isDirectory(file))) {
            throw new Failed(file + " is there already; --force replaces a file");
        }
    }

    private int export(Running running, Leads asked, Words words)
            throws Failed, IOException, InterruptedException {
        var found = asked.find(running.api());
        var document = JSON.createObjectNode();
        var exports = document.putArray("exports");
        var known = new HashSet<String>();
        for (var lead : found.leads()) {
            String id = lead.path("lead_id").asString();
            if (!known.contains(id)) {
                var export = ask(running.api(), "leads/" + encoded(id), "lead " + id);
                export.path("person").path("lead_ids").forEach(one -> known.add(one.asString()));
                exports.add(export);
            }
        }
        for (String site : found.sessions().keySet()) {
            exports.add(
                    ask(
                            running.api(),
                            "visitors?site_id=%s&visitor_id=%s"
                                    .formatted(encoded(site), encoded(asked.text())),
                            "visitor of " + site));
        }
        if (words.has("--json")) {
            out.println(JSON.writeValueAsString(document));
            return Running.DONE;
        }
        var told = words.path("--out");
        Path file = told == null ? Path.of(usualName(asked, found)) : told;
        refuseExisting(file, words.has("--force"));
        write(running, document, file, words.has("--force"));
        return Running.DONE;
    }

    private static String usualName(Leads asked, VisitorFound found) {
        String id =
                found.leads().isEmpty()
                        ? asked.text()
                        : found.leads().getFirst().path("lead_id").asString();
        return "export%s.zip".formatted(PLAIN.matcher(id).matches() ? "-" + id : "");
    }

    private JsonNode ask(AdminApi api, String path, String what)
            throws Failed, IOException, InterruptedException {
        err.println("asking for " + what);
        var export = api.get("/admin/export/" + path);
        if (!export.path("complete").asBoolean(false)) {
            throw new Failed("the answer about " + what + " was cut off; try again");
        }
        var erasure = export.path("erasure");
        if (erasure.path("state").asString("").equals("unknown")) {
            err.println(
                    "warning: whether somebody asked for %s to be forgotten is not known: %s"
                            .formatted(what, erasure.path("reason").asString("")));
        }
        return export;
    }

    private void write(Running running, ObjectNode document, Path file, boolean force)
            throws Failed, IOException {
        var recordings = new ArrayList<String>();
        try (var zip = new PrivateZip(file)) {
            try (var store = new RecordedVisits(running.told().path("s3"))) {
                for (var visit : visits(document)) {
                    var names = store.of(visit);
                    for (String name : names) {
                        String entry = "recordings/" + name;
                        zip.add(entry, to -> store.copy(name, to));
                        recordings.add(entry);
                    }
                    err.println(
                            "visit %s: %d recorded objects"
                                    .formatted(visit.path("session_id").asString(), names.size()));
                }
            }
            var list = document.putArray("recordings");
            recordings.forEach(list::add);
            zip.add("person.json", to -> to.write(JSON.writeValueAsBytes(document)));
            zip.add("index.html", to -> to.write(ExportPage.of(document)));
            zip.keep(force);
        }
        out.println(
                "%s: %s, %d recorded objects".formatted(file, counts(document), recordings.size()));
        out.println("it holds personal data: hand it over safely, and delete it then");
    }

    /// Of several exports: a visit that two of them name is fetched once.
    private static List<JsonNode> visits(JsonNode document) {
        var byId = new LinkedHashMap<String, JsonNode>();
        document.path("exports")
                .forEach(export ->
                        export.path("recordings")
                                .forEach(visit ->
                                        byId.putIfAbsent(
                                                visit.path("session_id").asString(), visit)));
        return List.copyOf(byId.values());
    }

    private static String counts(JsonNode document) {
        var rows = new TreeMap<String, Integer>();
        for (var export : document.path("exports")) {
            for (var part : export.path("parts")) {
                rows.merge(part.path("view").asString(), part.path("rows").size(), Integer::sum);
            }
        }
        return rows.entrySet().stream()
                .filter(view -> view.getValue() > 0)
                .map(view -> view.getKey() + " " + view.getValue())
                .collect(Collectors.joining(", "));
    }
}
