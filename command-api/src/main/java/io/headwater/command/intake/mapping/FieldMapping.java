package io.headwater.command.intake.mapping;

import io.headwater.command.intake.LeadField;
import io.headwater.command.intake.LeadFields;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/// What an administrator says about a source's bodies: lead field → path. It counts more than what
/// a preset finds by itself.
public final class FieldMapping {

    /// Path to an array each of whose elements is a submission of its own; other paths then start
    /// in the element.
    public static final String ITEMS = "items";

    private final Map<String, String> mapping;

    public FieldMapping(Map<String, String> mapping) {
        this.mapping = mapping;
    }

    public static boolean knows(String name) {
        return name.equals(ITEMS) || LeadField.named(name) != null;
    }

    public boolean isEmpty() {
        return mapping.keySet().stream().allMatch(ITEMS::equals);
    }

    public void applyTo(LeadFields fields, JsonNode item) {
        mapping.forEach((name, path) -> {
            LeadField field = LeadField.named(name);
            if (field != null) {
                fields.put(field, Paths.text(item, path));
            }
        });
    }
}
