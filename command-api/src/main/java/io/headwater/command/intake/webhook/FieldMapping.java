package io.headwater.command.intake.webhook;

import io.headwater.command.intake.LeadField;
import io.headwater.command.intake.LeadFields;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.MissingNode;

/// What an administrator says about a source's bodies: lead field → path. It counts more than what
/// a preset finds by itself.
final class FieldMapping {

    /// Path to an array each of whose elements is a submission of its own; other paths then start
    /// in the element.
    static final String ITEMS = "items";

    private final Map<String, String> mapping;

    FieldMapping(Map<String, String> mapping) {
        this.mapping = mapping;
    }

    static boolean knows(String name) {
        return name.equals(ITEMS) || LeadField.named(name) != null;
    }

    boolean isEmpty() {
        return mapping.keySet().stream().allMatch(ITEMS::equals);
    }

    JsonNode items(JsonNode tree) {
        String path = mapping.get(ITEMS);
        return path == null ? MissingNode.getInstance() : Paths.at(tree, path);
    }

    void applyTo(LeadFields fields, JsonNode item) {
        mapping.forEach((name, path) -> {
            LeadField field = LeadField.named(name);
            if (field != null) {
                fields.put(field, Paths.text(item, path));
            }
        });
    }
}
