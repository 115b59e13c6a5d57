package io.headwater.command.intake;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.function.Predicate;

/// Replaces secret values of query parameters in any text, however deep the URL stands in it.
///
/// One pass without a regular expression: most text has neither `?` nor `&` before an equals sign.
final class UrlRedaction {

    /// As [LeadField#canonical] spells them; only in URLs, where they are a ticket.
    private static final Set<String> NAMES = Set.of("token", "webhooktoken");

    private static final String VALUE_ENDS = "&#\"'<>\\ \t\r\n";
    private static final int LONGEST_NAME = 100;

    private UrlRedaction() {}

    /// @param secret tells values that are one
    static String redacted(String text, Predicate<String> secret) {
        int mark = next(text, 0);
        if (mark < 0) {
            return text;
        }
        var out = new StringBuilder(text.length());
        int copied = 0;
        while (mark >= 0) {
            int equals = nameEnd(text, mark + 1);
            int from = equals + 1;
            mark = next(text, mark + 1);
            if (equals < 0) {
                continue;
            }
            int until = valueEnd(text, from);
            String value = text.substring(from, until);
            if (!value.isEmpty()
                    && (tells(text.substring(nameStart(text, equals), equals))
                            || secret.test(decoded(value)))) {
                out.append(text, copied, from).append(Redaction.MARK);
                copied = until;
                // another question mark may stand in the value that is gone
                mark = next(text, until);
            }
        }
        return copied == 0 ? text : out.append(text, copied, text.length()).toString();
    }

    private static int next(String text, int from) {
        for (int i = from; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '?' || c == '&') {
                return i;
            }
        }
        return -1;
    }

    /// @return where the equals sign after a name is, or -1
    private static int nameEnd(String text, int from) {
        for (int i = from; i < text.length() && i - from <= LONGEST_NAME; i++) {
            char c = text.charAt(i);
            if (c == '=') {
                return i == from ? -1 : i;
            }
            if (!Character.isLetterOrDigit(c) && "_-.[]%;".indexOf(c) < 0) {
                return -1;
            }
        }
        return -1;
    }

    /// Behind `&amp;`, as XML writes the separator.
    private static int nameStart(String text, int equals) {
        int at = equals;
        while (at > 0 && "?&;".indexOf(text.charAt(at - 1)) < 0) {
            at--;
        }
        return at;
    }

    private static int valueEnd(String text, int from) {
        int at = from;
        while (at < text.length() && VALUE_ENDS.indexOf(text.charAt(at)) < 0) {
            at++;
        }
        return at;
    }

    private static boolean tells(String name) {
        String plain = decoded(name);
        return Redaction.tells(plain) || NAMES.contains(LeadField.canonical(plain));
    }

    static String decoded(String text) {
        if (text.indexOf('%') < 0 && text.indexOf('+') < 0) {
            return text;
        }
        try {
            return URLDecoder.decode(text, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException broken) {
            return text;
        }
    }
}
