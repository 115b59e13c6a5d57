package io.headwater.command.intake.signature;

import io.headwater.command.platform.Sha256;
import io.headwater.command.platform.web.body.Body;
import io.headwater.command.platform.web.body.Json;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.List;
import java.util.Locale;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// One piece of what is signed.
sealed interface Part {

    /// What a part may be made of.
    ///
    /// @param time as it was written
    /// @param secret its bytes
    record Context(SignedRequest request, @Nullable String time, byte[] secret) {}

    /// @return false when the request cannot have been signed like this
    boolean feed(Context context, Algorithm.Sink sink) throws GeneralSecurityException;

    /// Text that is always the same.
    record Text(String text) implements Part {
        @Override
        public boolean feed(Context context, Algorithm.Sink sink) throws GeneralSecurityException {
            return add(text, sink);
        }
    }

    /// The value of a header that must have been sent.
    record Header(String name) implements Part {
        @Override
        public boolean feed(Context context, Algorithm.Sink sink) throws GeneralSecurityException {
            String value = context.request().header(name);
            return value != null && add(value, sink);
        }
    }

    /// The bytes of the body as they came.
    record RawBody() implements Part {
        @Override
        public boolean feed(Context context, Algorithm.Sink sink) throws GeneralSecurityException {
            sink.add(context.request().bytes());
            return true;
        }
    }

    /// The body's text, every UTF-16 unit beyond ASCII as a backslash, a u and four hex digits in
    /// lower case.
    record EscapedBody() implements Part {
        @Override
        public boolean feed(Context context, Algorithm.Sink sink) throws GeneralSecurityException {
            String text = new String(context.request().bytes(), StandardCharsets.UTF_8);
            var escaped = new StringBuilder(text.length() + 64);
            for (int i = 0; i < text.length(); i++) {
                char c = text.charAt(i);
                if (c < 0x80) {
                    escaped.append(c);
                } else {
                    escaped.append(String.format(Locale.ROOT, "\\u%04x", (int) c));
                }
            }
            return add(escaped.toString(), sink);
        }
    }

    /// What a shorter word stands for.
    enum Simple implements Part {
        METHOD,
        /// path of the URL, without the query
        PATH,
        TIME,
        SECRET;

        @Override
        public boolean feed(Context context, Algorithm.Sink sink) throws GeneralSecurityException {
            switch (this) {
                case METHOD -> sink.add(utf8(context.request().method()));
                case PATH -> sink.add(utf8(Urls.path(context.request().url())));
                case SECRET -> sink.add(context.secret());
                case TIME -> {
                    String time = context.time();
                    return time != null && add(time, sink);
                }
            }
            return true;
        }
    }

    /// The URL as the provider called it, in one of its spellings.
    record Url(Urls.Spelling spelling) implements Part {
        @Override
        public boolean feed(Context context, Algorithm.Sink sink) throws GeneralSecurityException {
            return add(spelling.of(context.request().url()), sink);
        }
    }

    /// The parameters of a form, sorted by name, each as name and value without anything between. A
    /// body of another type is not signed itself: its SHA-256 must be the parameter `bodySHA256` of
    /// the URL, which is.
    record FormParameters() implements Part {
        @Override
        public boolean feed(Context context, Algorithm.Sink sink) throws GeneralSecurityException {
            var request = context.request();
            if (request.bytes().length == 0) {
                return true;
            }
            String type = request.header("Content-Type");
            if (type == null
                    || !type.toLowerCase(Locale.ROOT)
                            .startsWith("application/x-www-form-urlencoded")) {
                String told = Json.text(request.query().get("bodySHA256"));
                return Sha256.hex(request.bytes()).equalsIgnoreCase(told);
            }
            var sorted = new TreeMap<String, TreeSet<String>>();
            Body.query(new String(request.bytes(), StandardCharsets.UTF_8))
                    .properties()
                    .forEach(field -> sorted.put(field.getKey(), values(field.getValue())));
            for (var field : sorted.entrySet()) {
                for (String value : field.getValue()) {
                    sink.add(utf8(field.getKey() + value));
                }
            }
            return true;
        }

        private static TreeSet<String> values(JsonNode value) {
            var values = new TreeSet<String>();
            (value.isArray() ? value.values() : List.of(value))
                    .forEach(one -> values.add(one.asString()));
            return values;
        }
    }

    private static boolean add(String text, Algorithm.Sink sink) throws GeneralSecurityException {
        sink.add(utf8(text));
        return true;
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
