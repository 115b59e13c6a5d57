package io.headwater.backends.openapi;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/// Values after a schema of the document: right ones, ones that are a little wrong, and ones that
/// nobody types by mistake.
final class Values {

    private static final int DEEPEST = 5;

    /// What breaks parsers, SQL, paths, logs and pages.
    private static final List<String> HOSTILE =
            List.of(
                    "",
                    " ",
                    "\0",
                    "a\0b",
                    "\ud800",
                    "\uffff\u202e",
                    "' or 1=1; drop table read.leads; --",
                    "%' union select null --",
                    ":name $1 ?",
                    "<script>alert(1)</script>",
                    "\"><img src=x onerror=alert(1)>",
                    "../../../../etc/passwd",
                    "..%2f..%2f",
                    "${jndi:ldap://127.0.0.1:1/a}",
                    "#{7*7}${7*7}{{7*7}}",
                    "a\r\nSet-Cookie: x=1",
                    "-1",
                    "0",
                    "2147483648",
                    "-9223372036854775809",
                    "1e999999",
                    "NaN",
                    "null",
                    "true",
                    "[]",
                    "{}",
                    "2026-02-30",
                    "+999999999-12-31T23:59:59Z",
                    "-1000000000-01-01T00:00:00Z",
                    "http://169.254.169.254/latest/meta-data/",
                    "file:///etc/passwd",
                    "0.0.0.0/0",
                    "::ffff:127.0.0.1",
                    "zoë 🦊 \u0130\u0131\ufb00",
                    "x".repeat(5_000),
                    "((((((((((a+)+)+)+)+)+)+)+)+)+)!",
                    "9".repeat(400));

    private final Map<?, ?> document;
    private final Map<String, List<String>> known;
    private final RandomGenerator random;

    Values(Map<?, ?> document, Map<String, List<String>> known, RandomGenerator random) {
        this.document = document;
        this.known = known;
        this.random = random;
    }

    String hostile() {
        return pick(HOSTILE);
    }

    boolean chance(double of) {
        return random.nextDouble() < of;
    }

    <T> T pick(List<T> list) {
        return list.get(random.nextInt(list.size()));
    }

    /// @param name of the parameter or member, for which there may be known values
    /// @param slip how likely each value is a wrong one, from 0 to 1
    @Nullable Object of(String name, @Nullable Object schema, double slip) {
        return of(name, schema, slip, 0);
    }

    private @Nullable Object of(String name, @Nullable Object given, double slip, int depth) {
        Map<?, ?> schema = resolved(given);
        if (chance(slip)) {
            return wrong();
        }
        var values = known.get(name);
        if (values != null && chance(0.8)) {
            return pick(values);
        }
        if (schema.get("enum") instanceof List<?> words && !words.isEmpty()) {
            return pick(words);
        }
        for (String choice : List.of("oneOf", "anyOf", "allOf")) {
            if (schema.get(choice) instanceof List<?> schemas && !schemas.isEmpty()) {
                return of(name, pick(schemas), slip, depth + 1);
            }
        }
        return switch (type(schema)) {
            case "integer" -> number(schema);
            case "number" -> number(schema) + 0.5;
            case "boolean" -> random.nextBoolean();
            case "array" -> depth > DEEPEST ? List.of() : list(name, schema, slip, depth);
            case "object" -> depth > DEEPEST ? Map.of() : object(schema, slip, depth);
            case "null" -> null;
            default -> text(name, schema);
        };
    }

    private Object wrong() {
        return switch (random.nextInt(8)) {
            case 0 -> new JsonText.Raw("null");
            case 1 -> -1;
            case 2 -> new JsonText.Raw("1e400");
            case 3 -> List.of(List.of(), Map.of(), "x");
            case 4 -> Map.of("a", Map.of("b", List.of(1, "x")));
            case 5 -> random.nextBoolean();
            default -> hostile();
        };
    }

    private List<Object> list(String name, Map<?, ?> schema, double slip, int depth) {
        var list = new ArrayList<Object>();
        for (int i = random.nextInt(4); i > 0; i--) {
            list.add(orNull(of(name, schema.get("items"), slip, depth + 1)));
        }
        return list;
    }

    private Map<String, Object> object(Map<?, ?> schema, double slip, int depth) {
        var object = new LinkedHashMap<String, Object>();
        if (schema.get("properties") instanceof Map<?, ?> members) {
            var required = schema.get("required") instanceof List<?> names ? names : List.of();
            members.forEach((name, member) -> {
                boolean needed = required.contains(name) && !chance(slip / 4);
                if (needed || chance(members.size() > 12 ? 0.3 : 0.6)) {
                    String word = String.valueOf(name);
                    object.put(word, orNull(of(word, member, slip, depth + 1)));
                }
            });
        }
        if (object.isEmpty() || chance(slip)) {
            object.put(chance(0.5) ? "more" : hostile(), hostile());
        }
        return object;
    }

    private static Object orNull(@Nullable Object value) {
        return value == null ? new JsonText.Raw("null") : value;
    }

    private long number(Map<?, ?> schema) {
        long least = schema.get("minimum") instanceof Number low ? low.longValue() : 0;
        long most = schema.get("maximum") instanceof Number high ? high.longValue() : least + 100;
        return random.nextLong(least, Math.max(least, most) + 1);
    }

    private String text(String name, Map<?, ?> schema) {
        if (schema.get("format") instanceof String format) {
            switch (format) {
                case "date-time" -> {
                    return "2026-11-%02dT08:00:00Z".formatted(1 + random.nextInt(28));
                }
                case "date" -> {
                    return "2026-11-%02d".formatted(1 + random.nextInt(28));
                }
                default -> {}
            }
        }
        if (schema.get("example") instanceof Object example && chance(0.5)) {
            return example.toString();
        }
        return name.contains("mail")
                ? "person" + random.nextInt(1000) + "@example.test"
                : "value-" + random.nextInt(1000);
    }

    private static String type(Map<?, ?> schema) {
        return switch (schema.get("type")) {
            case String type -> type;
            case List<?> types when !types.isEmpty() -> String.valueOf(types.getFirst());
            case null, default -> schema.containsKey("properties") ? "object" : "string";
        };
    }

    /// @return the schema, or the one that it refers to
    Map<?, ?> resolved(@Nullable Object schema) {
        Object found = schema;
        for (int hop = 0; hop < 10 && found instanceof Map<?, ?> map; hop++) {
            if (!(map.get("$ref") instanceof String ref)) {
                return map;
            }
            found = document;
            for (String step : ref.substring(2).split("/")) {
                found =
                        Objects.requireNonNull((Map<?, ?>) found)
                                .get(step.replace("~1", "/").replace("~0", "~"));
            }
        }
        return Map.of();
    }
}
