package io.headwater.command.intake.mapping;

import io.headwater.command.intake.LeadField;
import io.headwater.command.intake.LeadFields;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// What an administrator says about a source's bodies: lead field → [Expression]. It counts more
/// than what a preset finds by itself.
public final class FieldMapping {

    /// Where the elements stand that are a submission each; other expressions then start in the
    /// element.
    public static final String ITEMS = "items";

    private final Map<String, String> mapping;

    public FieldMapping(Map<String, String> mapping) {
        this.mapping = mapping;
    }

    /// @return what is wrong, by name; empty when the mapping can be used
    public static Map<String, String> wrongIn(Map<String, String> mapping) {
        var wrong = new TreeMap<String, String>();
        mapping.forEach((name, text) -> {
            if (!name.equals(ITEMS) && LeadField.named(name) == null) {
                wrong.put(name, "is no field of a lead");
                return;
            }
            try {
                if (!Expression.of(text).selects() && name.equals(ITEMS)) {
                    wrong.put(name, "must be a path to elements");
                }
            } catch (ExpressionException unreadable) {
                wrong.put(name, String.valueOf(unreadable.getMessage()));
            }
        });
        return wrong;
    }

    public boolean isEmpty() {
        return mapping.keySet().stream().allMatch(ITEMS::equals);
    }

    /// @return the elements that are a submission each; null when the mapping names no place
    public @Nullable List<JsonNode> items(JsonNode body) {
        var items = usable(mapping.get(ITEMS));
        return items == null ? null : items.elements(body);
    }

    public void applyTo(LeadFields fields, JsonNode item) {
        mapping.forEach((name, text) -> {
            LeadField field = LeadField.named(name);
            var expression = field == null ? null : usable(text);
            if (field != null && expression != null) {
                fields.put(field, expression.text(item));
            }
        });
    }

    /// What older versions took may be none today: then it finds nothing.
    private static @Nullable Expression usable(@Nullable String text) {
        try {
            return text == null ? null : Expression.of(text);
        } catch (ExpressionException unreadable) {
            return null;
        }
    }
}
