package io.headwater.command.access.admin;

import io.headwater.command.platform.web.FieldError;
import io.headwater.command.platform.web.ProblemType;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/// Reads the members of a JSON body one by one and collects what is wrong with each, so that the
/// caller learns everything at once. Absent and null are told apart: [#isNull].
final class Members {

    private final JsonNode body;
    private final String path;
    private final List<FieldError> errors;
    private final Set<String> known = new HashSet<>();
    private final List<Members> inner = new ArrayList<>();

    private Members(JsonNode body, String path, List<FieldError> errors) {
        this.body = body;
        this.path = path;
        this.errors = errors;
    }

    /// @throws io.headwater.command.platform.web.ProblemException 400 when it is no object
    static Members of(@Nullable JsonNode body) {
        if (body == null || !body.isObject()) {
            throw ProblemType.MALFORMED_BODY
                    .with("The body must be one JSON object.")
                    .asException();
        }
        return new Members(body, "", new ArrayList<>());
    }

    /// Of a request without a body.
    static Members empty() {
        return of(JsonNodeFactory.instance.objectNode());
    }

    /// A body that is one member by itself.
    static Members holding(String name, JsonNode value) {
        return of(JsonNodeFactory.instance.objectNode().set(name, value));
    }

    void wrong(String name, String message) {
        errors.add(new FieldError(path + name, message));
    }

    boolean isNull(String name) {
        known.add(name);
        return body.path(name).isNull();
    }

    boolean has(String name) {
        known.add(name);
        return body.has(name) && !body.path(name).isNull();
    }

    private <T> @Nullable T read(
            String name, Predicate<JsonNode> kind, String what, Function<JsonNode, T> value) {
        if (!has(name)) {
            return null;
        }
        var node = body.path(name);
        if (!kind.test(node)) {
            wrong(name, "must be " + what);
            return null;
        }
        return value.apply(node);
    }

    @Nullable Boolean flag(String name) {
        return read(name, JsonNode::isBoolean, "true or false", JsonNode::booleanValue);
    }

    /// @return stripped
    @Nullable String text(String name, int longest) {
        String text = read(name, JsonNode::isString, "text", JsonNode::stringValue);
        if (text != null && (text.isBlank() || text.length() > longest)) {
            wrong(name, "must have 1 to " + longest + " characters");
            return null;
        }
        return text == null ? null : text.strip();
    }

    @Nullable String text(String name, Pattern form, String what) {
        String text = read(name, JsonNode::isString, "text", JsonNode::stringValue);
        if (text != null && !form.matcher(text).matches()) {
            wrong(name, "must be " + what);
            return null;
        }
        return text;
    }

    @Nullable Long number(String name, long least, long most) {
        Long number =
                read(
                        name,
                        node -> node.isIntegralNumber() && node.canConvertToLong(),
                        "a whole number",
                        JsonNode::longValue);
        return number == null ? null : within(name, number, least, most, "");
    }

    @Nullable Integer smallNumber(String name, int least, int most) {
        Long number = number(name, least, most);
        return number == null ? null : Math.toIntExact(number);
    }

    private @Nullable Long within(String name, long number, long least, long most, String unit) {
        if (number < least || number > most) {
            wrong(name, "must be from " + least + " to " + most + unit);
            return null;
        }
        return number;
    }

    /// @return seconds; told as whole seconds or as an ISO-8601 duration such as `PT24H`
    @Nullable Long seconds(String name, Duration longest) {
        if (!has(name)) {
            return null;
        }
        var node = body.path(name);
        if (node.isIntegralNumber()) {
            return within(name, node.longValue(), 0, longest.toSeconds(), " seconds");
        }
        try {
            long seconds = Duration.parse(node.isString() ? node.stringValue() : "").toSeconds();
            return within(name, seconds, 0, longest.toSeconds(), " seconds");
        } catch (DateTimeParseException | ArithmeticException noDuration) {
            wrong(name, "must be whole seconds or an ISO-8601 duration such as PT24H");
            return null;
        }
    }

    @Nullable Instant time(String name) {
        String text = read(name, JsonNode::isString, "text", JsonNode::stringValue);
        try {
            return text == null ? null : Instant.parse(text);
        } catch (DateTimeParseException noTime) {
            wrong(name, "must be a time such as 2026-03-01T12:00:00Z");
            return null;
        }
    }

    /// @param form of each element
    @Nullable List<String> texts(String name, int most, Pattern form, String what) {
        var nodes = list(name, most);
        if (nodes == null) {
            return null;
        }
        var texts = new ArrayList<String>();
        for (int i = 0; i < nodes.size(); i++) {
            String text = nodes.get(i).isString() ? nodes.get(i).stringValue().strip() : "";
            if (!form.matcher(text).matches()) {
                wrong(name + "[" + i + "]", "must be " + what);
            } else if (!texts.contains(text)) {
                texts.add(text);
            }
        }
        return texts;
    }

    private @Nullable List<JsonNode> list(String name, int most) {
        var nodes = read(name, JsonNode::isArray, "a list", node -> node.valueStream().toList());
        if (nodes != null && nodes.size() > most) {
            wrong(name, "must have at most " + most + " elements");
            return null;
        }
        return nodes;
    }

    /// @return one reader per element that is an object
    @Nullable List<Members> objects(String name, int most) {
        var nodes = list(name, most);
        if (nodes == null) {
            return null;
        }
        var objects = new ArrayList<Members>();
        for (int i = 0; i < nodes.size(); i++) {
            String element = name + "[" + i + "]";
            if (nodes.get(i).isObject()) {
                objects.add(inner(nodes.get(i), element));
            } else {
                wrong(element, "must be an object");
            }
        }
        return objects;
    }

    @Nullable Members object(String name) {
        return read(name, JsonNode::isObject, "an object", node -> inner(node, name));
    }

    private Members inner(JsonNode node, String name) {
        var members = new Members(node, path + name + ".", errors);
        inner.add(members);
        return members;
    }

    /// @return names to texts; numbers and flags as text
    @Nullable Map<String, String> map(String name, int most, int longest) {
        var node = read(name, JsonNode::isObject, "an object", Function.identity());
        if (node == null) {
            return null;
        }
        if (node.size() > most) {
            wrong(name, "must have at most " + most + " members");
            return null;
        }
        var map = new LinkedHashMap<String, String>();
        node.properties()
                .forEach(member -> {
                    String text =
                            member.getValue().isValueNode() ? member.getValue().asString() : "";
                    if (member.getValue().isNull() || text.isBlank() || text.length() > longest) {
                        wrong(
                                name + "." + member.getKey(),
                                "must be text of 1 to " + longest + " characters");
                    } else {
                        map.put(member.getKey(), text.strip());
                    }
                });
        return map;
    }

    /// @return the value as it is
    @Nullable JsonNode node(String name) {
        return has(name) ? body.path(name) : null;
    }

    /// Members that nobody asked for are wrong, too: a misspelt one would be ignored in silence.
    private void requireNoOthers() {
        body.propertyNames().stream()
                .filter(name -> !known.contains(name))
                .forEach(name -> wrong(name, "is not known here"));
        inner.forEach(Members::requireNoOthers);
    }

    /// @throws io.headwater.command.platform.web.ProblemException 400 with all that is wrong
    void requireRight() {
        requireNoOthers();
        if (!errors.isEmpty()) {
            throw FieldError.problem(errors).asException();
        }
    }
}
