package io.headwater.backends.openapi;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Maps, lists, strings, numbers and flags as JSON.
final class JsonText {

    /// JSON, or what only looks like it, as it is.
    record Raw(String text) {}

    private JsonText() {}

    static String of(@Nullable Object value) {
        var out = new StringBuilder();
        write(value, out);
        return out.toString();
    }

    private static void write(@Nullable Object value, StringBuilder out) {
        switch (value) {
            case null -> out.append("null");
            case Raw(String text) -> out.append(text);
            case String text -> quoted(text, out);
            case List<?> list -> {
                String before = "[";
                for (Object element : list) {
                    out.append(before);
                    write(element, out);
                    before = ",";
                }
                out.append(list.isEmpty() ? "[]" : "]");
            }
            case Map<?, ?> map -> {
                String before = "{";
                for (var member : map.entrySet()) {
                    out.append(before);
                    quoted(String.valueOf(member.getKey()), out);
                    out.append(':');
                    write(member.getValue(), out);
                    before = ",";
                }
                out.append(map.isEmpty() ? "{}" : "}");
            }
            default -> out.append(value);
        }
    }

    private static void quoted(String text, StringBuilder out) {
        out.append('"');
        for (char c : text.toCharArray()) {
            if (c == '"' || c == '\\') {
                out.append('\\').append(c);
            } else if (c < ' ' || Character.isSurrogate(c)) {
                out.append("\\u%04x".formatted((int) c));
            } else {
                out.append(c);
            }
        }
        out.append('"');
    }
}
