package io.headwater.command.platform.web.body;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.BinaryOperator;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/// `multipart/form-data`: the fields; of a file only its name.
///
/// source: RFC 7578, RFC 2046 section 5.1
final class MultipartBody {

    private static final Pattern DISPOSITION =
            Pattern.compile(
                    "^content-disposition:[^;\\r\\n]*",
                    Pattern.CASE_INSENSITIVE | Pattern.MULTILINE);

    /// Browsers quote the value, other clients leave a token as it is.
    private static final Pattern PARAMETER =
            Pattern.compile(
                    "\\G[ \\t]*;[ \\t]*([^=;\"\\s]+)"
                            + "(?:[ \\t]*=[ \\t]*(?:\"((?:[^\"\\\\\\r\\n]++|\\\\.)*+)\"|([^;\"\\r\\n]*)))?");

    private final byte[] bytes;
    private final byte[] delimiter;
    private final Charset charset;

    /// Of the first boundary line: that of the RFC, or the bare line feed of some home-made
    /// clients.
    private final String lineEnd;

    private MultipartBody(byte[] bytes, String boundary, Charset charset) {
        if (boundary.length() > 200) {
            throw new UnreadableBodyException("the boundary is too long");
        }
        this.bytes = bytes;
        this.delimiter = ("--" + boundary).getBytes(StandardCharsets.ISO_8859_1);
        this.charset = charset;
        this.lineEnd =
                startsWith("\n", afterBlanks(find(delimiter, 0) + delimiter.length))
                        ? "\n"
                        : "\r\n";
    }

    /// @param file name of the file that the part is, or null
    /// @param from first byte of the content
    /// @param until behind its last byte
    private record Part(String name, @Nullable String file, int from, int until) {}

    static ObjectNode parse(byte[] bytes, String boundary, Charset charset) {
        var fields = new FormFields();
        for (Part part : new MultipartBody(bytes, boundary, charset).parts()) {
            String value =
                    part.file() != null
                            ? part.file()
                            : new String(bytes, part.from(), part.until() - part.from(), charset);
            fields.add(part.name(), value);
        }
        return fields.tree();
    }

    /// @param text of a body that can be parsed
    /// @param change from name and content of a part to what stands there instead
    /// @return the same text with the parts changed
    static String changed(String text, String boundary, BinaryOperator<String> change) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        var out = new StringBuilder(text.length());
        int at = 0;
        for (Part part : new MultipartBody(bytes, boundary, StandardCharsets.UTF_8).parts()) {
            out.append(new String(bytes, at, part.from() - at, StandardCharsets.UTF_8));
            String content =
                    new String(
                            bytes, part.from(), part.until() - part.from(), StandardCharsets.UTF_8);
            out.append(change.apply(part.name(), content));
            at = part.until();
        }
        return out.append(new String(bytes, at, bytes.length - at, StandardCharsets.UTF_8))
                .toString();
    }

    private List<Part> parts() {
        var parts = new ArrayList<Part>();
        int at = find(delimiter, 0);
        while (at >= 0) {
            int start = at + delimiter.length;
            if (startsWith("--", start)) {
                return parts;
            }
            start = afterLineEnd(start);
            int next = find(delimiter, start);
            if (next < 0 || parts.size() == FormBody.MAX_FIELDS) {
                break;
            }
            parts.add(part(start, next));
            at = next;
        }
        throw new UnreadableBodyException("the multipart body is cut short or has too many parts");
    }

    private Part part(int start, int end) {
        byte[] blank = (lineEnd + lineEnd).getBytes(StandardCharsets.ISO_8859_1);
        int blankLine = startsWith(lineEnd, start) ? start - lineEnd.length() : find(blank, start);
        if (blankLine < 0 || blankLine >= end) {
            throw new UnreadableBodyException("a part has no headers");
        }
        String headers = new String(bytes, start, Math.max(0, blankLine - start), charset);
        var parameters = parameters(headers);
        String name = parameters.get("name");
        if (name == null) {
            throw new UnreadableBodyException("a part has no name");
        }
        int from = blankLine + blank.length;
        int lineEndAt = end - lineEnd.length();
        int until = startsWith(lineEnd, lineEndAt) ? lineEndAt : end;
        return new Part(name, parameters.get("filename"), from, Math.max(from, until));
    }

    private int afterLineEnd(int at) {
        int start = afterBlanks(at);
        if (!startsWith(lineEnd, start)) {
            throw new UnreadableBodyException("a boundary line does not end");
        }
        return start + lineEnd.length();
    }

    private int afterBlanks(int at) {
        int start = at;
        while (start < bytes.length && (bytes[start] == ' ' || bytes[start] == '\t')) {
            start++;
        }
        return start;
    }

    private int find(byte[] wanted, int from) {
        outer:
        for (int i = Math.max(0, from); i <= bytes.length - wanted.length; i++) {
            for (int k = 0; k < wanted.length; k++) {
                if (bytes[i + k] != wanted[k]) {
                    continue outer;
                }
            }
            return i;
        }
        return -1;
    }

    private boolean startsWith(String text, int at) {
        if (at < 0 || at + text.length() > bytes.length) {
            return false;
        }
        for (int i = 0; i < text.length(); i++) {
            if (bytes[at + i] != (byte) text.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    /// @return of the part's disposition, names in lower case
    private static Map<String, String> parameters(String headers) {
        var parameters = new HashMap<String, String>();
        var disposition = DISPOSITION.matcher(headers);
        if (disposition.find()) {
            var parameter = PARAMETER.matcher(headers).region(disposition.end(), headers.length());
            while (parameter.find()) {
                String quoted = parameter.group(2);
                String token = parameter.group(3);
                parameters.putIfAbsent(
                        parameter.group(1).toLowerCase(Locale.ROOT),
                        quoted != null
                                ? unescaped(quoted)
                                : token != null ? unescaped(token.strip()) : "");
            }
        }
        return parameters;
    }

    /// Browsers escape a quote in a name as %22 and line ends as %0D and %0A, others put a
    /// backslash before the quote.
    private static String unescaped(String value) {
        return value.replace("\\\"", "\"")
                .replace("%22", "\"")
                .replaceAll("%0[DdAa]", " ")
                .replaceAll("[\\r\\n]", " ");
    }
}
