package io.headwater.command.intake;

import io.headwater.command.platform.web.body.Json;
import java.util.List;
import java.util.function.UnaryOperator;

/// Replaces secret values in the text of valid JSON and leaves every other character as it was
/// sent.
///
/// One pass over the text: strings are found by their quotes, a string followed by a colon is a
/// name, and after a telling name everything up to the end of its value goes.
final class JsonRedaction {

    private static final String MARK = '"' + Redaction.MARK + '"';

    private final String text;
    private final UnaryOperator<String> cleaner;
    private final List<String> literals;
    private final StringBuilder out;
    private int at;

    /// @param cleaner takes secrets out of one value
    /// @param literals secrets that may be a part of a name or value: with one, all of it goes
    JsonRedaction(String text, UnaryOperator<String> cleaner, List<String> literals) {
        this.text = text;
        this.cleaner = cleaner;
        this.literals = literals;
        this.out = new StringBuilder(text.length());
    }

    String redacted() {
        while (at < text.length()) {
            if (text.charAt(at) != '"') {
                out.append(text.charAt(at++));
                continue;
            }
            String token = string();
            String value = value(token);
            int colon = skipBlank(at);
            boolean name = colon < text.length() && text.charAt(colon) == ':';
            out.append(clean(token, value, name));
            if (name && Redaction.tells(value)) {
                int start = skipBlank(colon + 1);
                out.append(text, at, start).append(MARK);
                at = start;
                skipValue();
            }
        }
        return out.toString();
    }

    private String clean(String token, String value, boolean name) {
        for (String literal : literals) {
            if (value.contains(literal)) {
                return MARK;
            }
        }
        if (name) {
            return token;
        }
        String clean = cleaner.apply(value);
        return clean.equals(value) ? token : Json.write(clean);
    }

    private static String value(String token) {
        return token.indexOf('\\') < 0
                ? token.substring(1, token.length() - 1)
                : Json.read(token).stringValue();
    }

    /// From the opening quote; leaves `at` behind the closing one.
    private String string() {
        int start = at++;
        while (text.charAt(at) != '"') {
            at += text.charAt(at) == '\\' ? 2 : 1;
        }
        return text.substring(start, ++at);
    }

    private void skipValue() {
        int depth = 0;
        do {
            switch (text.charAt(at)) {
                case '"' -> {
                    String skipped = string();
                    assert !skipped.isEmpty();
                }
                case '{', '[' -> {
                    depth++;
                    at++;
                }
                case '}', ']' -> {
                    depth--;
                    at++;
                }
                case ',', ':', ' ', '\t', '\r', '\n' -> at++;
                default -> skipScalar();
            }
        } while (depth > 0);
    }

    private void skipScalar() {
        while (at < text.length() && ",:]} \t\r\n".indexOf(text.charAt(at)) < 0) {
            at++;
        }
    }

    private int skipBlank(int from) {
        int i = from;
        while (i < text.length() && " \t\r\n".indexOf(text.charAt(i)) >= 0) {
            i++;
        }
        return i;
    }
}
