package io.headwater.command.intake.mapping;

import io.headwater.command.platform.web.body.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// Says where in a body a value stands, and how it is put together:
///
/// | written | finds |
/// |---|---|
/// | `data.contact.email`, `$.data['e mail']`, `meta["b.c"]` | a member; `$` is the body |
/// | `answers[0].value`, `answers[-1]` | an element, from the front or from the end |
/// | `answers[*].value` | all of them; as text they are joined by `, ` |
/// | `fields[?(@.name == 'email')].value` | the elements for which that is so; `!=` and bare `@.name` too |
/// | `mail \|\| email` | the first that is not blank |
/// | `first + ' ' + last` | both, with a constant between; blank where every path is |
/// | `lower(mail)` | also `upper`, `trim`, `first_word`, `last_word` |
///
/// source: RFC 9535 (JSONPath), of which the paths are a part
public final class Expression {

    /// Expressions stand in a source's configuration: there are few, and each is used often.
    private static final int MOST_CACHED = 10_000;

    private static final ConcurrentMap<String, Expression> CACHE = new ConcurrentHashMap<>();

    private final List<List<Term>> alternatives;

    Expression(List<List<Term>> alternatives) {
        this.alternatives = alternatives;
    }

    /// @throws ExpressionException saying what is wrong, and where
    public static Expression of(String text) {
        var known = CACHE.get(text);
        if (known != null) {
            return known;
        }
        var parsed = new ExpressionParser(text).parse();
        if (CACHE.size() < MOST_CACHED) {
            CACHE.put(text, parsed);
        }
        return parsed;
    }

    /// @return the value as text; null when there is none, or only a blank one
    public @Nullable String text(JsonNode tree) {
        for (var terms : alternatives) {
            String text = joined(terms, tree);
            if (text != null && !text.isBlank()) {
                return text;
            }
        }
        return null;
    }

    /// @return what the first path that finds anything finds; an array that it ends at counts as
    ///   its elements
    public List<JsonNode> elements(JsonNode tree) {
        for (var terms : alternatives) {
            if (terms.size() == 1 && terms.getFirst() instanceof Term.Path path) {
                var found = path.nodes(tree);
                if (found.size() == 1 && found.getFirst().isArray()) {
                    return found.getFirst().valueStream().toList();
                }
                if (!found.isEmpty()) {
                    return found;
                }
            }
        }
        return List.of();
    }

    /// @return whether each alternative is one path, so that [#elements] can find something
    public boolean selects() {
        return alternatives.stream()
                .allMatch(terms -> terms.size() == 1 && terms.getFirst() instanceof Term.Path);
    }

    private static @Nullable String joined(List<Term> terms, JsonNode tree) {
        if (terms.size() == 1) {
            return terms.getFirst().text(tree);
        }
        var joined = new StringBuilder();
        boolean found = false;
        for (Term term : terms) {
            String text = term.text(tree);
            if (text != null) {
                joined.append(text);
                found |= !(term instanceof Term.Constant) && !text.isBlank();
            }
        }
        return found ? joined.toString().strip() : null;
    }

    sealed interface Term {

        @Nullable String text(JsonNode tree);

        record Constant(String value) implements Term {
            @Override
            public String text(JsonNode tree) {
                return value;
            }
        }

        record Path(List<Step> steps) implements Term {
            @Override
            public @Nullable String text(JsonNode tree) {
                var found = nodes(tree);
                if (found.size() < 2) {
                    return found.isEmpty() ? null : Json.text(found.getFirst());
                }
                var joined = new StringBuilder();
                for (JsonNode node : found) {
                    String text = Json.text(node);
                    if (text != null && !text.isBlank()) {
                        joined.append(joined.isEmpty() ? "" : ", ").append(text);
                    }
                }
                return joined.isEmpty() ? null : joined.toString();
            }

            List<JsonNode> nodes(JsonNode tree) {
                List<JsonNode> found = List.of(tree);
                for (Step step : steps) {
                    var next = new ArrayList<JsonNode>();
                    for (JsonNode node : found) {
                        step.from(node, next);
                    }
                    found = next;
                }
                return found;
            }
        }

        record Call(Function function, Expression argument) implements Term {
            @Override
            public @Nullable String text(JsonNode tree) {
                String text = argument.text(tree);
                return text == null ? null : function.of(text);
            }
        }
    }

    enum Function {
        LOWER,
        UPPER,
        TRIM,
        FIRST_WORD,
        LAST_WORD;

        static @Nullable Function named(String name) {
            for (Function function : values()) {
                if (function.name().equalsIgnoreCase(name)) {
                    return function;
                }
            }
            return null;
        }

        String of(String text) {
            String stripped = text.strip();
            return switch (this) {
                case LOWER -> text.toLowerCase(Locale.ROOT);
                case UPPER -> text.toUpperCase(Locale.ROOT);
                case TRIM -> stripped;
                case FIRST_WORD -> {
                    int space = stripped.indexOf(' ');
                    yield space < 0 ? stripped : stripped.substring(0, space);
                }
                // one word alone is a first name
                case LAST_WORD -> {
                    int space = stripped.lastIndexOf(' ');
                    yield space < 0 ? "" : stripped.substring(space + 1);
                }
            };
        }
    }

    /// One step of a path.
    sealed interface Step {

        void from(JsonNode node, List<JsonNode> into);

        record Member(String name) implements Step {
            @Override
            public void from(JsonNode node, List<JsonNode> into) {
                JsonNode member = node.get(name);
                if (member != null) {
                    into.add(member);
                }
            }
        }

        /// @param index negative: from the end
        record Element(int index) implements Step {
            @Override
            public void from(JsonNode node, List<JsonNode> into) {
                JsonNode element =
                        node.isArray() ? node.get(index < 0 ? node.size() + index : index) : null;
                if (element != null) {
                    into.add(element);
                }
            }
        }

        /// Of an array its elements, of an object its values.
        record Every() implements Step {
            @Override
            public void from(JsonNode node, List<JsonNode> into) {
                node.forEach(into::add);
            }
        }

        /// @param equal whether it must be the value, or must not be it
        /// @param value null: there must be something
        record Where(Term.Path path, boolean equal, @Nullable String value) implements Step {
            @Override
            public void from(JsonNode node, List<JsonNode> into) {
                for (JsonNode element : node) {
                    String found = path.text(element);
                    boolean holds =
                            value == null
                                    ? !path.nodes(element).isEmpty()
                                    : value.equals(found) == equal;
                    if (holds) {
                        into.add(element);
                    }
                }
            }
        }
    }
}
