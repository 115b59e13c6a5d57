package io.headwater.command.platform.web.body;

import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.exc.StreamConstraintsException;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.cfg.JsonNodeFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// JSON of strangers: numbers keep every digit, a repeated key or absurd depth is an error.
public final class Json {

    static final int MAX_DEPTH = 64;

    /// Far more than the largest batch of any provider has, and few enough for its tree to be
    /// small.
    static final int MAX_TOKENS = 200_000;

    private static final JsonMapper MAPPER =
            JsonMapper.builder(
                            JsonFactory.builder()
                                    .streamReadConstraints(
                                            StreamReadConstraints.builder()
                                                    .maxNestingDepth(MAX_DEPTH)
                                                    .maxTokenCount(MAX_TOKENS)
                                                    .maxNumberLength(200)
                                                    .maxNameLength(1_000)
                                                    .build())
                                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                                    .build())
                    .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
                    .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                    .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
                    .build();

    private Json() {}

    /// @throws UnreadableBodyException saying what is wrong and where, never quoting the text
    public static JsonNode read(String text) {
        try {
            JsonNode tree = MAPPER.readTree(text);
            if (tree.isMissingNode()) {
                throw new UnreadableBodyException("the body holds no JSON value");
            }
            return tree;
        } catch (StreamConstraintsException limit) {
            throw new UnreadableBodyException(
                    "the JSON is nested too deep, too long or has a huge number");
        } catch (JacksonException broken) {
            throw new UnreadableBodyException(reason(broken));
        }
    }

    public static String write(Object value) {
        return MAPPER.writeValueAsString(value);
    }

    /// @return JSON with sorted keys and no white space: the same text for the same content
    public static String canonical(JsonNode tree) {
        return MAPPER.writeValueAsString(sorted(tree));
    }

    /// @return a copy whose keys and strings are clean, see [Text#clean]
    public static JsonNode clean(JsonNode tree) {
        return switch (tree) {
            case ObjectNode object -> {
                ObjectNode copy = JsonNodeFactory.instance.objectNode();
                object.properties()
                        .forEach(e -> copy.set(Text.clean(e.getKey()), clean(e.getValue())));
                yield copy;
            }
            case ArrayNode array -> {
                ArrayNode copy = JsonNodeFactory.instance.arrayNode(array.size());
                array.forEach(element -> copy.add(clean(element)));
                yield copy;
            }
            default ->
                    tree.isString()
                            ? JsonNodeFactory.instance.stringNode(Text.clean(tree.stringValue()))
                            : tree;
        };
    }

    /// @return a scalar as text, numbers with every digit; arrays of scalars joined by ", "; null
    ///   for null, objects and what is absent
    public static @Nullable String text(@Nullable JsonNode node) {
        if (node == null || node.isNull() || node.isMissingNode() || node.isObject()) {
            return null;
        }
        if (node.isArray()) {
            var joined = new StringBuilder();
            for (JsonNode element : node) {
                String part = element.isArray() ? null : text(element);
                if (part != null && !part.isBlank()) {
                    joined.append(joined.isEmpty() ? "" : ", ").append(part);
                }
            }
            return joined.isEmpty() ? null : joined.toString();
        }
        return node.asString();
    }

    private static JsonNode sorted(JsonNode tree) {
        return switch (tree) {
            case ObjectNode object -> {
                var byName = new TreeMap<String, JsonNode>();
                object.properties().forEach(e -> byName.put(e.getKey(), sorted(e.getValue())));
                ObjectNode copy = JsonNodeFactory.instance.objectNode();
                byName.forEach(copy::set);
                yield copy;
            }
            case ArrayNode array -> {
                ArrayNode copy = JsonNodeFactory.instance.arrayNode(array.size());
                array.forEach(element -> copy.add(sorted(element)));
                yield copy;
            }
            default -> tree;
        };
    }

    private static String reason(JacksonException broken) {
        var at = broken.getLocation();
        String where =
                at == null ? "" : " at line " + at.getLineNr() + ", column " + at.getColumnNr();
        return broken.getOriginalMessage().startsWith("Duplicate")
                ? "the JSON repeats a key" + where
                : "the JSON is broken" + where;
    }
}
