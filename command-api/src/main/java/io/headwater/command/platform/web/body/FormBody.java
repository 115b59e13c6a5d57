package io.headwater.command.platform.web.body;

import java.net.URLDecoder;
import java.nio.charset.Charset;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// `application/x-www-form-urlencoded`.
///
/// source: WHATWG URL standard, section 5
final class FormBody {

    static final int MAX_FIELDS = 2_000;

    private FormBody() {}

    static ObjectNode parse(String text, Charset charset) {
        ObjectNode fields = JsonNodeFactory.instance.objectNode();
        int count = 0;
        for (int at = 0, end; at < text.length(); at = end + 1) {
            int separator = text.indexOf('&', at);
            end = separator < 0 ? text.length() : separator;
            String pair = text.substring(at, end);
            if (pair.isBlank()) {
                continue;
            }
            if (++count > MAX_FIELDS) {
                throw new UnreadableBodyException("the form has too many fields");
            }
            int equals = pair.indexOf('=');
            String name = decode(equals < 0 ? pair : pair.substring(0, equals), charset);
            String value = equals < 0 ? "" : decode(pair.substring(equals + 1), charset);
            add(fields, name.strip(), value);
        }
        return fields;
    }

    /// A name that repeats becomes an array, in the order sent.
    static void add(ObjectNode fields, String name, String value) {
        JsonNode earlier = fields.get(name);
        if (earlier == null) {
            fields.put(name, value);
        } else if (earlier instanceof ArrayNode several) {
            several.add(value);
        } else {
            fields.putArray(name).add(earlier).add(value);
        }
    }

    private static String decode(String text, Charset charset) {
        try {
            return URLDecoder.decode(text, charset);
        } catch (IllegalArgumentException broken) {
            throw new UnreadableBodyException("the percent-encoding is broken");
        }
    }
}
