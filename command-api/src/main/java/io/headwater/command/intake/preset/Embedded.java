package io.headwater.command.intake.preset;

import io.headwater.command.platform.web.body.Json;
import io.headwater.command.platform.web.body.UnreadableBodyException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// JSON that a form carries as the text of one of its fields.
final class Embedded {

    private Embedded() {}

    /// @param member whose text is an object in JSON
    /// @return the same tree with that object in place of its text; unchanged where the member is
    ///   absent, opened already, or no JSON
    static JsonNode opened(JsonNode tree, String member) {
        JsonNode text = tree.path(member);
        if (!(tree instanceof ObjectNode object) || !text.isString()) {
            return tree;
        }
        try {
            JsonNode inner = Json.clean(Json.read(text.stringValue()));
            return inner.isObject() ? object.deepCopy().set(member, inner) : tree;
        } catch (UnreadableBodyException noJson) {
            return tree;
        }
    }
}
