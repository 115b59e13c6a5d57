package io.headwater.command.platform.web.body;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// `multipart/form-data`: the fields; of a file only its name.
///
/// source: RFC 7578, RFC 2046 section 5.1
final class MultipartBody {

    private static final Pattern NAME = parameter("name");
    private static final Pattern FILE_NAME = parameter("filename");

    private final byte[] bytes;
    private final byte[] delimiter;
    private final Charset charset;

    private MultipartBody(byte[] bytes, String boundary, Charset charset) {
        this.bytes = bytes;
        this.delimiter = ("--" + boundary).getBytes(StandardCharsets.ISO_8859_1);
        this.charset = charset;
    }

    static ObjectNode parse(byte[] bytes, String boundary, Charset charset) {
        if (boundary.length() > 200) {
            throw new UnreadableBodyException("the boundary is too long");
        }
        return new MultipartBody(bytes, boundary, charset).fields();
    }

    private ObjectNode fields() {
        ObjectNode fields = JsonNodeFactory.instance.objectNode();
        int at = find(delimiter, 0);
        int count = 0;
        while (at >= 0) {
            int start = at + delimiter.length;
            if (startsWith("--", start)) {
                return fields;
            }
            start = afterLineEnd(start);
            int next = find(delimiter, start);
            if (next < 0 || ++count > FormBody.MAX_FIELDS) {
                break;
            }
            part(fields, start, next);
            at = next;
        }
        throw new UnreadableBodyException("the multipart body is cut short or has too many parts");
    }

    private void part(ObjectNode fields, int start, int end) {
        byte[] blank = "\r\n\r\n".getBytes(StandardCharsets.ISO_8859_1);
        int blankLine = startsWith("\r\n", start) ? start - 2 : find(blank, start);
        if (blankLine < 0 || blankLine >= end) {
            throw new UnreadableBodyException("a part has no headers");
        }
        String headers = new String(bytes, start, Math.max(0, blankLine - start), charset);
        String name = first(NAME, headers);
        if (name == null) {
            return;
        }
        String file = first(FILE_NAME, headers);
        int from = blankLine + blank.length;
        int until = startsWith("\r\n", end - 2) ? end - 2 : end;
        FormBody.add(
                fields,
                name,
                file != null ? file : new String(bytes, from, Math.max(0, until - from), charset));
    }

    private int afterLineEnd(int at) {
        int start = at;
        while (start < bytes.length && (bytes[start] == ' ' || bytes[start] == '\t')) {
            start++;
        }
        if (!startsWith("\r\n", start)) {
            throw new UnreadableBodyException("a boundary line does not end");
        }
        return start + 2;
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

    /// Browsers escape a quote in a name as %22 and line ends as %0D and %0A.
    private static @Nullable String first(Pattern pattern, String headers) {
        var matcher = pattern.matcher(headers);
        return matcher.find()
                ? matcher.group(1)
                        .replace("%22", "\"")
                        .replaceAll("%0[DdAa]", " ")
                        .replaceAll("[\\r\\n]", " ")
                : null;
    }

    private static Pattern parameter(String name) {
        return Pattern.compile(
                "^content-disposition:[^\\r\\n]*?[; ]" + name + "=\"([^\"\\r\\n]*)\"",
                Pattern.CASE_INSENSITIVE | Pattern.MULTILINE);
    }
}
