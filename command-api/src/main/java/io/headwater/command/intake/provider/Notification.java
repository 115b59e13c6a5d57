package io.headwater.command.intake.provider;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.NullNode;
import tools.jackson.databind.node.ObjectNode;

/// What a provider sent and what it answered when it was asked for the rest.
///
/// Kept as `{"event": …, "hydrated": …}`: the body of the delivery narrowed to one lead, and the
/// answer, null as long as there is none.
///
/// @param event a body of the provider
/// @param hydrated null node: not asked yet, or without success
public record Notification(JsonNode event, JsonNode hydrated) {

    private static final String EVENT = "event";
    private static final String HYDRATED = "hydrated";

    /// @param payload a body as the provider sends it, or as it is kept
    public static Notification in(JsonNode payload) {
        return payload.isObject()
                        && payload.size() == 2
                        && payload.has(EVENT)
                        && payload.has(HYDRATED)
                ? new Notification(payload.get(EVENT), payload.get(HYDRATED))
                : new Notification(payload, NullNode.getInstance());
    }

    public boolean isHydrated() {
        return !hydrated.isNull();
    }

    public Notification narrowedTo(JsonNode body) {
        return new Notification(body, hydrated);
    }

    public Notification hydratedWith(JsonNode answer) {
        return new Notification(event, answer);
    }

    /// @return as it is kept
    public ObjectNode payload() {
        ObjectNode kept = JsonNodeFactory.instance.objectNode();
        kept.set(EVENT, event);
        kept.set(HYDRATED, hydrated);
        return kept;
    }
}
