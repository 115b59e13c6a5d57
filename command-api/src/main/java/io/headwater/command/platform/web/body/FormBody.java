package io.headwater.command.platform.web.body;

import java.net.URLDecoder;
import java.nio.charset.Charset;
import java.util.function.BiConsumer;

/// `application/x-www-form-urlencoded`.
///
/// source: WHATWG URL standard, section 5
final class FormBody {

    static final int MAX_FIELDS = 2_000;

    private FormBody() {}

    /// @param field is told name and value of each, in the order sent
    static void parse(String text, Charset charset, BiConsumer<String, String> field) {
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
            field.accept(name.strip(), value);
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
