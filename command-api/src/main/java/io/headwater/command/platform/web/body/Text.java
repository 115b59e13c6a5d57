package io.headwater.command.platform.web.body;

import org.jspecify.annotations.Nullable;

/// Text that every later stage can store: no NUL (PostgreSQL refuses it), no half surrogate pair
/// (UTF-8 cannot carry it).
public final class Text {

    private static final char REPLACEMENT = '\uFFFD';

    private Text() {}

    /// @return the same text with each NUL and lone surrogate replaced by U+FFFD
    public static String clean(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == 0 || Character.isSurrogate(c)) {
                return replaced(text, i);
            }
        }
        return text;
    }

    /// @param limit most UTF-16 units kept; a pair is never cut in half
    /// @return cleaned, without white space around; null when nothing is left
    public static @Nullable String field(@Nullable String text, int limit) {
        if (text == null) {
            return null;
        }
        String value = clean(text).strip();
        if (value.length() > limit) {
            int end = Character.isHighSurrogate(value.charAt(limit - 1)) ? limit - 1 : limit;
            value = value.substring(0, end);
        }
        return value.isEmpty() ? null : value;
    }

    private static String replaced(String text, int from) {
        var out = new StringBuilder(text);
        for (int i = from; i < out.length(); i++) {
            char c = out.charAt(i);
            if (Character.isHighSurrogate(c)
                    && i + 1 < out.length()
                    && Character.isLowSurrogate(out.charAt(i + 1))) {
                i++;
            } else if (c == 0 || Character.isSurrogate(c)) {
                out.setCharAt(i, REPLACEMENT);
            }
        }
        return out.toString();
    }
}
