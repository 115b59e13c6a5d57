package io.headwater.command.intake;

import java.util.function.Predicate;

/// Replaces secret values in the text of XML that could be parsed, and leaves every other character
/// as it was sent: the content of elements and the values of attributes with a telling name, and
/// those that are a secret.
final class XmlRedaction {

    private final String text;
    private final Predicate<String> secret;
    private final StringBuilder out;
    private int at;

    /// @param secret tells values that are one
    XmlRedaction(String text, Predicate<String> secret) {
        this.text = text;
        this.secret = secret;
        this.out = new StringBuilder(text.length());
    }

    String redacted() {
        while (at < text.length()) {
            if (text.charAt(at) != '<') {
                content();
            } else if (text.startsWith("<!--", at)) {
                copyThrough("-->");
            } else if (text.startsWith("<![CDATA[", at)) {
                characterData();
            } else if (text.startsWith("<?", at) || text.startsWith("</", at)) {
                copyThrough(">");
            } else {
                element();
            }
        }
        return out.toString();
    }

    private void content() {
        int end = text.indexOf('<', at);
        String piece = text.substring(at, end < 0 ? text.length() : end);
        out.append(secret.test(unescaped(piece).strip()) ? Redaction.MARK : piece);
        at += piece.length();
    }

    private void characterData() {
        int from = at + "<![CDATA[".length();
        int end = text.indexOf("]]>", from);
        int until = end < 0 ? text.length() : end;
        boolean redact = secret.test(text.substring(from, until).strip());
        out.append(text, at, from).append(redact ? Redaction.MARK : text.substring(from, until));
        at = until;
        copyThrough("]]>");
    }

    private void copyThrough(String end) {
        int found = text.indexOf(end, at);
        int until = found < 0 ? text.length() : found + end.length();
        out.append(text, at, until);
        at = until;
    }

    /// From the bracket of a start tag.
    private void element() {
        int nameEnd = at + 1;
        while (nameEnd < text.length() && " \t\r\n/>".indexOf(text.charAt(nameEnd)) < 0) {
            nameEnd++;
        }
        String name = text.substring(at + 1, nameEnd);
        out.append(text, at, nameEnd);
        at = nameEnd;
        boolean empty = attributes();
        if (Redaction.tells(local(name)) && !empty) {
            skipTo(name);
        }
    }

    /// @return whether the tag closes its element at once
    private boolean attributes() {
        while (at < text.length() && text.charAt(at) != '>') {
            int equals = at;
            while (equals < text.length() && "=>".indexOf(text.charAt(equals)) < 0) {
                equals++;
            }
            int quote = equals + 1;
            while (quote < text.length() && "\"'>".indexOf(text.charAt(quote)) < 0) {
                quote++;
            }
            int close =
                    quote < text.length() && text.charAt(equals) == '='
                            ? text.indexOf(text.charAt(quote), quote + 1)
                            : -1;
            if (close < 0) {
                copyThrough(">");
                return text.charAt(at - 1) == '>' && text.charAt(Math.max(0, at - 2)) == '/';
            }
            String value = text.substring(quote + 1, close);
            boolean redact =
                    Redaction.tells(local(text.substring(at, equals).strip()))
                            || secret.test(unescaped(value));
            out.append(text, at, quote + 1).append(redact ? Redaction.MARK : value);
            at = close;
            out.append(text.charAt(at++));
        }
        if (at < text.length()) {
            out.append(text.charAt(at++));
        }
        return false;
    }

    /// Everything up to the end tag of the element goes; one of the same name may stand inside.
    private void skipTo(String name) {
        out.append(Redaction.MARK);
        int depth = 1;
        while (depth > 0) {
            int next = text.indexOf('<', at);
            if (next < 0) {
                at = text.length();
                return;
            }
            at = next;
            boolean closing = text.startsWith("</" + name, next);
            if (closing || text.startsWith("<" + name, next)) {
                int end = text.indexOf('>', next);
                depth += closing ? -1 : end > 0 && text.charAt(end - 1) == '/' ? 0 : 1;
            }
            if (depth > 0) {
                at = next + 1;
            }
        }
    }

    private static String local(String name) {
        return name.substring(name.indexOf(':') + 1);
    }

    private static String unescaped(String text) {
        return text.indexOf('&') < 0
                ? text
                : text.replace("&lt;", "<")
                        .replace("&gt;", ">")
                        .replace("&quot;", "\"")
                        .replace("&apos;", "'")
                        .replace("&amp;", "&");
    }
}
