package io.headwater.command.intake.mapping;

import io.headwater.command.platform.web.body.Json;
import io.headwater.command.platform.web.body.UnreadableBodyException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.MissingNode;
import tools.jackson.databind.node.ObjectNode;

/// Finds values where presets know that they stand: `data.contact.email`, `answers[0].value`,
/// `meta["b.c"]`. What administrators write is an [Expression].
public final class Paths {

    /// Paths are written in the presets: there are few, and each is used often.
    private static final int MOST_CACHED = 10_000;

    private static final ConcurrentMap<String, List<Object>> CACHE = new ConcurrentHashMap<>();

    private static final Pattern STEP =
            Pattern.compile("\\.?([^.\\[\\]\"]+)|\\[([0-9]{1,6})]|\\[\"((?:[^\"\\\\]|\\\\.)*)\"]");

    private static final List<Object> UNREADABLE = List.of("\0");

    private Paths() {}

    /// @return the value, or a missing node
    public static JsonNode at(JsonNode tree, String path) {
        JsonNode node = tree;
        for (Object step : steps(path)) {
            node =
                    switch (step) {
                        case Integer index -> node.path(index);
                        case String name -> node.path(name);
                        default -> MissingNode.getInstance();
                    };
        }
        return node;
    }

    /// @return a scalar as text; null when there is none
    public static @Nullable String text(JsonNode tree, String path) {
        return Json.text(at(tree, path));
    }

    /// @return the first of these values that is not blank
    public static @Nullable String first(JsonNode tree, String... paths) {
        for (String path : paths) {
            String value = text(tree, path);
            if (value != null && !value.isBlank()) {
                return value;
            }
        }
        return null;
    }

    /// @return a copy with another value where the path leads; the same tree where it leads nowhere
    public static JsonNode with(JsonNode tree, String path, JsonNode value) {
        return with(tree, steps(path), value);
    }

    private static JsonNode with(JsonNode tree, List<Object> steps, JsonNode value) {
        if (steps.isEmpty()) {
            return value;
        }
        var further = steps.subList(1, steps.size());
        return switch (steps.getFirst()) {
            case String name when tree instanceof ObjectNode object && object.has(name) -> {
                ObjectNode copy = JsonNodeFactory.instance.objectNode();
                object.properties()
                        .forEach(member ->
                                copy.set(
                                        member.getKey(),
                                        member.getKey().equals(name)
                                                ? with(member.getValue(), further, value)
                                                : member.getValue()));
                yield copy;
            }
            case Integer index when tree instanceof ArrayNode array && array.has(index) -> {
                ArrayNode copy = JsonNodeFactory.instance.arrayNode(array.size());
                copy.addAll(array);
                copy.set(index, with(array.get(index), further, value));
                yield copy;
            }
            default -> tree;
        };
    }

    public static boolean isTrue(JsonNode tree, String path) {
        JsonNode node = at(tree, path);
        return node.isBoolean() ? node.booleanValue() : "true".equalsIgnoreCase(Json.text(node));
    }

    /// @throws UnreadableBodyException when the body is no object
    public static void requireObject(JsonNode tree) {
        if (!tree.isObject()) {
            throw new UnreadableBodyException("the body must be one object");
        }
    }

    private static List<Object> steps(String path) {
        var known = CACHE.get(path);
        if (known != null) {
            return known;
        }
        var parsed = parsed(path);
        if (CACHE.size() < MOST_CACHED) {
            CACHE.put(path, parsed);
        }
        return parsed;
    }

    private static List<Object> parsed(String path) {
        var steps = new ArrayList<>();
        var matcher = STEP.matcher(path.strip());
        int end = 0;
        while (matcher.find() && matcher.start() == end) {
            end = matcher.end();
            if (matcher.group(1) != null) {
                steps.add(matcher.group(1));
            } else if (matcher.group(2) != null) {
                steps.add(Integer.valueOf(matcher.group(2)));
            } else {
                steps.add(matcher.group(3).replaceAll("\\\\(.)", "$1"));
            }
        }
        // a path that cannot be read to its end names nothing
        return end == path.strip().length() ? steps : UNREADABLE;
    }
}
