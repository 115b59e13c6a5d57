package io.headwater.command.platform.web.body;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// The fields of a form in the order sent. A name that repeats becomes an array; brackets nest, as
/// PHP, Rails and Jotform mean them: `lead[email]`, `a[]`, `fields[0][value]`, `rows[][name]`.
/// Brackets that are not well formed, nest absurdly deep or contradict an earlier name
/// (`a=1&a[b]=2`) are a part of the name.
final class FormFields {

    private static final int DEEPEST = 16;

    private final ObjectNode root = JsonNodeFactory.instance.objectNode();

    void add(String name, String value) {
        var steps = steps(name);
        if (steps == null || !nest(steps, value)) {
            put(root, name, value);
        }
    }

    /// As if brackets were letters.
    void addFlat(String name, String value) {
        put(root, name, value);
    }

    /// @return an object of strings, of arrays and objects of such; numbered from 0 without a gap
    ///   is an array
    ObjectNode tree() {
        ObjectNode tree = JsonNodeFactory.instance.objectNode();
        root.properties().forEach(field -> tree.set(field.getKey(), listed(field.getValue())));
        return tree;
    }

    /// @return null when the brackets are none of ours
    private static @Nullable List<String> steps(String name) {
        int bracket = name.indexOf('[');
        if (bracket < 1 || name.lastIndexOf(']', bracket) >= 0) {
            return null;
        }
        var steps = new ArrayList<String>();
        steps.add(name.substring(0, bracket));
        for (int at = bracket, end; at < name.length(); at = end + 1) {
            end = name.charAt(at) == '[' ? name.indexOf(']', at) : -1;
            if (end < 0 || name.lastIndexOf('[', end) > at || steps.size() == DEEPEST) {
                return null;
            }
            steps.add(name.substring(at + 1, end).strip());
        }
        return steps;
    }

    /// @return false, and nothing has changed, when an earlier field stands in the way
    private boolean nest(List<String> steps, String value) {
        ObjectNode at = root;
        int last = steps.size() - 1;
        for (int i = 0; i < last; i++) {
            String key = key(at, steps.get(i), steps.get(i + 1));
            JsonNode next = at.get(key);
            if (next == null) {
                at = at.putObject(key);
            } else if (next instanceof ObjectNode object) {
                at = object;
            } else {
                return false;
            }
        }
        String key = key(at, steps.get(last), "");
        if (at.get(key) instanceof ObjectNode) {
            return false;
        }
        put(at, key, value);
        return true;
    }

    /// @param step empty: the next of a list, which begins where its newest element has all there
    ///   is to come, as in Rails
    private static String key(ObjectNode at, String step, String following) {
        if (!step.isEmpty()) {
            return step;
        }
        int size = at.size();
        boolean goesOn =
                !following.isEmpty()
                        && at.get(String.valueOf(size - 1)) instanceof ObjectNode newest
                        && !newest.has(following);
        return String.valueOf(goesOn ? size - 1 : size);
    }

    private static void put(ObjectNode object, String name, String value) {
        JsonNode earlier = object.get(name);
        if (earlier == null) {
            object.put(name, value);
        } else if (earlier instanceof ArrayNode several) {
            several.add(value);
        } else {
            object.putArray(name).add(earlier).add(value);
        }
    }

    private static JsonNode listed(JsonNode node) {
        if (!(node instanceof ObjectNode object)) {
            return node;
        }
        ArrayNode list = JsonNodeFactory.instance.arrayNode(object.size());
        for (int i = 0; i < object.size(); i++) {
            JsonNode element = object.get(String.valueOf(i));
            if (element == null) {
                ObjectNode copy = JsonNodeFactory.instance.objectNode();
                object.properties().forEach(f -> copy.set(f.getKey(), listed(f.getValue())));
                return copy;
            }
            list.add(listed(element));
        }
        return list;
    }
}
