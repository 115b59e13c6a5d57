package io.headwater.launcher.imports;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// Where rows of one kind go.
interface Target {

    /// @param key by which the row is known when it comes again
    record Keyed(Row row, String key, ObjectNode content) {}

    /// @return a verdict per row, in their order
    List<Verdict> send(List<Keyed> rows);

    /// @return most rows of one request
    int batch();

    static Target of(ImportOptions options, ImportApi api) {
        return switch (options.kind()) {
            case LEADS -> new Leads(options, api);
            case SITES -> new Each("admin/sites", options.dryRun(), api);
            case FORMS -> new Each("admin/forms", options.dryRun(), api);
        };
    }

    /// Many leads per request.
    final class Leads implements Target {
        private final ImportApi api;
        private final String path;

        Leads(ImportOptions options, ImportApi api) {
            this.api = api;
            String source = options.leadSource();
            this.path =
                    "admin/import/leads?site_id="
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
                line.put("import_key", row.key());
                line.setAll(row.content());
                lines.append(Rows.JSON.writeValueAsString(line.put("import_key", row.key())))
                        .append('\n');
            }
            var answer = api.post(path, "application/x-ndjson", lines.toString());
            if (answer.status() == 413 && rows.size() > 1) {
                var verdicts = new ArrayList<>(send(rows.subList(0, rows.size() / 2)));
                verdicts.addAll(send(rows.subList(rows.size() / 2, rows.size())));
                return verdicts;
            }
            if (answer.status() == 413) {
                return List.of(Verdict.refused("body-too-large", "the row is too large"));
            }
            JsonNode told = answer.body().path("rows");
            if (!answer.good() || told.size() != rows.size()) {
                throw new ImportException(
                        path + " answered " + answer.status() + ": " + answer.text("detail"));
            }
            return told.valueStream().map(Leads::verdict).toList();
        }

        private static Verdict verdict(JsonNode told) {
            return new Verdict(
                    told.path("outcome").asString(""),
                    told.path("code").asString(null),
                    told.path("detail").asString(null));
        }

        private static String encoded(String text) {
            return URLEncoder.encode(text, StandardCharsets.UTF_8);
        }
    }

    /// One request per row.
    final class Each implements Target {
        private final String path;
        private final boolean dryRun;
        private final ImportApi api;

        Each(String path, boolean dryRun, ImportApi api) {
            this.path = path;
            this.dryRun = dryRun;
            this.api = api;
        }

        @Override
        public int batch() {
            return 1;
        }

        @Override
        public List<Verdict> send(List<Keyed> rows) {
            return rows.stream().map(row -> send(body(row.content()))).toList();
        }

        private Verdict send(ObjectNode body) {
            if (dryRun) {
                return Verdict.of("valid");
            }
            var answer = api.post(path, "application/json", body.toString());
            if (answer.good()) {
                return Verdict.of("created");
            }
            return answer.status() == 409
                    ? Verdict.of("there already")
                    : Verdict.refused(
                            slug(answer.text("type")),
                            answer.text("detail") + errors(answer.body()));
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
