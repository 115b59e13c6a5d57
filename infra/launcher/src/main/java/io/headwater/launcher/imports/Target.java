package io.headwater.launcher.imports;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// Where rows of one kind go.
interface Target {

    /// Problems that say that a row came before.
    Set<String> EXISTS = Set.of("site-exists", "form-exists");

    /// @param key by which the row is known when it comes again
    record Keyed(Row row, String key, ObjectNode content) {}

    /// @return a verdict per row, in their order
    List<Verdict> send(List<Keyed> rows);

    /// @return most rows of one request
    int batch();

    /// @return columns that the server made nothing of, as far as it tells
    default Set<String> unused() {
        return Set.of();
    }

    static Target of(ImportOptions options, ImportApi api) {
        return switch (options.kind()) {
            case LEADS -> new Lines(options, api, true);
            case SESSIONS -> new Lines(options, api, false);
            case SITES -> new Each(options, api, "site_id");
            case FORMS -> new Each(options, api, "site_id", "form_id");
        };
    }

    /// Many rows per request, a line each.
    final class Lines implements Target {
        private final ImportApi api;
        private final String path;
        private final boolean keyed;
        private final Set<String> unused = new TreeSet<>();

        /// @param keyed rows are known by the key that goes with them, not by what they hold
        Lines(ImportOptions options, ImportApi api, boolean keyed) {
            this.api = api;
            this.keyed = keyed;
            String source = options.leadSource();
            this.path =
                    "admin/import/"
                            + options.kind().label()
                            + "?site_id="
                            + encoded(options.site())
                            + (options.dryRun() ? "&dry_run=true" : "")
                            + (source == null ? "" : "&lead_source=" + encoded(source));
        }

        @Override
        public int batch() {
            return 500;
        }

        @Override
        public List<Verdict> send(List<Keyed> rows) {
            var lines = new StringBuilder();
            for (Keyed row : rows) {
                ObjectNode line = Rows.JSON.createObjectNode();
                if (keyed) {
                    line.put("import_key", row.key());
                }
                line.setAll(row.content());
                if (keyed) {
                    line.put("import_key", row.key());
                }
                lines.append(Rows.JSON.writeValueAsString(line)).append('\n');
            }
            var answer = api.post(path, "application/x-ndjson", lines.toString());
            if (answer.status() == 413 && rows.size() > 1) {
                var verdicts = new ArrayList<>(send(rows.subList(0, rows.size() / 2)));
                verdicts.addAll(send(rows.subList(rows.size() / 2, rows.size())));
                return verdicts;
            }
            if (answer.status() == 413) {
                return List.of(Verdict.refused(null, "body-too-large", "the row is too large"));
            }
            JsonNode told = answer.body().path("rows");
            if (!answer.good() || told.size() != rows.size()) {
                throw new ImportException(
                        path + " answered " + answer.status() + ": " + answer.text("detail"));
            }
            answer.body().path("unused_columns").forEach(name -> unused.add(name.asString()));
            return told.valueStream().map(Lines::verdict).toList();
        }

        private static Verdict verdict(JsonNode told) {
            String outcome = told.path("outcome").asString("");
            return new Verdict(
                    outcome.equals("duplicate") ? Verdict.THERE_ALREADY : outcome,
                    told.path("field").asString(null),
                    told.path("code").asString(null),
                    told.path("detail").asString(null));
        }

        @Override
        public Set<String> unused() {
            return unused;
        }

        private static String encoded(String text) {
            return URLEncoder.encode(text, StandardCharsets.UTF_8);
        }
    }

    /// One request per row, for sites and forms: configuration, not data.
    final class Each implements Target {
        private final String path;
        private final ImportOptions options;
        private final ImportApi api;
        private final List<String> identity;
        private @Nullable Set<List<String>> there;

        /// @param identity members that together name one
        Each(ImportOptions options, ImportApi api, String... identity) {
            this.path = "analytics/" + options.kind().label();
            this.options = options;
            this.api = api;
            this.identity = List.of(identity);
        }

        @Override
        public int batch() {
            return 1;
        }

        @Override
        public List<Verdict> send(List<Keyed> rows) {
            return rows.stream().map(row -> send(body(row.content()))).toList();
        }

        /// Without its id the server would make one, and another one the next time.
        private Verdict send(ObjectNode body) {
            if (options.kind() == Kind.FORMS && !body.has("site_id")) {
                body.put("site_id", options.site());
            }
            for (String member : identity) {
                if (body.path(member).asString("").isEmpty()) {
                    return Verdict.refused(member, "invalid-fields", member + " is required");
                }
            }
            if (options.dryRun()) {
                return Verdict.of(isThere(body) ? Verdict.THERE_ALREADY : "new");
            }
            var answer = api.post(path, "application/json", body.toString());
            if (answer.good()) {
                return Verdict.of(answer.status() == 202 ? "pending" : "created");
            }
            String slug = slug(answer.text("type"));
            return EXISTS.contains(slug)
                    ? Verdict.of(Verdict.THERE_ALREADY)
                    : Verdict.refused(
                            answer.body().at("/errors/0/field").asString(null),
                            slug,
                            answer.text("detail") + errors(answer.body()));
        }

        private boolean isThere(ObjectNode body) {
            if (there == null) {
                var found = new HashSet<List<String>>();
                api.get(path).body().forEach(one -> found.add(identity(one)));
                there = found;
            }
            return there.contains(identity(body));
        }

        private List<String> identity(JsonNode one) {
            return identity.stream().map(member -> one.path(member).asString("")).toList();
        }

        /// A cell is text: lists are separated by spaces, objects are JSON; an empty one is none.
        private static ObjectNode body(ObjectNode content) {
            ObjectNode body = Rows.JSON.createObjectNode();
            content.properties()
                    .forEach(member -> {
                        JsonNode value = member.getValue();
                        String text = value.isString() ? value.stringValue().strip() : null;
                        if (text == null) {
                            body.set(member.getKey(), value);
                        } else if (member.getKey().equals("domains")) {
                            ArrayNode list = body.putArray("domains");
                            for (String domain : text.split("[\\s,;|]+")) {
                                if (!domain.isEmpty()) {
                                    list.add(domain);
                                }
                            }
                        } else if (member.getKey().equals("form_json") && !text.isEmpty()) {
                            body.set("form_json", json(text));
                        } else if (!text.isEmpty()) {
                            body.put(member.getKey(), text);
                        }
                    });
            return body;
        }

        private static JsonNode json(String text) {
            try {
                return Rows.JSON.readTree(text);
            } catch (tools.jackson.core.JacksonException broken) {
                // the server says what is wrong with it
                return Rows.JSON.getNodeFactory().stringNode(text);
            }
        }

        private static String slug(String type) {
            return type.substring(type.lastIndexOf('/') + 1);
        }

        private static String errors(JsonNode body) {
            var text = new StringBuilder();
            for (JsonNode error : body.path("errors")) {
                text.append(' ')
                        .append(error.path("field").asString(""))
                        .append(' ')
                        .append(error.path("message").asString(""))
                        .append('.');
            }
            return text.toString();
        }
    }
}
