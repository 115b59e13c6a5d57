package io.headwater.command.intake.mapping;

import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// A body with one of the elements that an [Expression] found in it, the others left out: the same
/// expression finds that one alone. What has nothing to do with them is shared, not copied.
public final class Narrowing {

    private final JsonNode body;
    private final Set<JsonNode> found = Collections.newSetFromMap(new IdentityHashMap<>());
    private final Set<JsonNode> above = Collections.newSetFromMap(new IdentityHashMap<>());

    /// @param found nodes of the body itself
    public Narrowing(JsonNode body, List<JsonNode> found) {
        this.body = body;
        this.found.addAll(found);
        mark(body);
    }

    private boolean mark(JsonNode node) {
        boolean holds = false;
        for (JsonNode child : node) {
            holds |= found.contains(child) || mark(child);
        }
        if (holds) {
            above.add(node);
        }
        return holds;
    }

    /// @param only of the elements found
    /// @param instead what stands in its place
    public JsonNode to(JsonNode only, JsonNode instead) {
        return body == only ? instead : without(body, only, instead);
    }

    private JsonNode without(JsonNode node, JsonNode only, JsonNode instead) {
        if (!above.contains(node)) {
            return node;
        }
        if (node instanceof ArrayNode array) {
            ArrayNode copy = JsonNodeFactory.instance.arrayNode();
            for (JsonNode child : array) {
                if (child == only) {
                    copy.add(instead);
                } else if (!found.contains(child)) {
                    copy.add(without(child, only, instead));
                }
            }
            return copy;
        }
        ObjectNode copy = JsonNodeFactory.instance.objectNode();
        node.properties()
                .forEach(member -> {
                    JsonNode child = member.getValue();
                    if (child == only) {
                        copy.set(member.getKey(), instead);
                    } else if (!found.contains(child)) {
                        copy.set(member.getKey(), without(child, only, instead));
                    }
                });
        return copy;
    }
}
