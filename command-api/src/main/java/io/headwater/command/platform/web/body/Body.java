package io.headwater.command.platform.web.body;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.EnumSet;
import java.util.Set;
import java.util.function.BinaryOperator;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.http.InvalidMediaTypeException;
import org.springframework.http.MediaType;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// A request body, parsed.
///
/// @param tree any JSON value; form fields become an object of strings, of arrays where a name
///   repeats, and nest where it has brackets, see [FormFields]. Clean, see [Text#clean]
/// @param text as sent, decoded; bytes that are no text of the charset stand as U+FFFD
/// @param boundary of the parts of a multipart body, else null
public record Body(Kind kind, JsonNode tree, String text, @Nullable String boundary) {

    public enum Kind {
        JSON,
        FORM,
        MULTIPART,
        XML,
        /// no body: what there is to say stands in the query string
        QUERY
    }

    public static final Set<Kind> ANY = EnumSet.allOf(Kind.class);

    /// What browsers and their scripts send.
    public static final Set<Kind> OF_PAGES = EnumSet.of(Kind.JSON, Kind.FORM, Kind.MULTIPART);

    public static final Set<Kind> ONLY_JSON = EnumSet.of(Kind.JSON);

    /// @param change from name and content of a part to what stands there instead
    /// @return the text of a multipart body with its parts changed; of any other body the text
    public String withParts(BinaryOperator<String> change) {
        return boundary == null ? text : MultipartBody.changed(text, boundary, change);
    }

    /// @param contentType as sent; `text/plain` is read as JSON, as `sendBeacon` sends it
    /// @param accepted kinds that make sense here
    /// @throws UnsupportedBodyException when type or charset is none of the accepted
    /// @throws UnreadableBodyException when the bytes are not what the type says
    public static Body parse(@Nullable String contentType, byte[] bytes, Set<Kind> accepted) {
        MediaType type = mediaType(contentType);
        Kind kind = kind(type);
        if (!accepted.contains(kind)) {
            throw new UnsupportedBodyException("read here are only: " + names(accepted));
        }
        Charset charset = charset(type);
        return switch (kind) {
            case JSON -> {
                String text = strict(bytes, charset);
                JsonNode tree = Json.read(text);
                // only an escape can bring in what must be cleaned: raw it is no JSON, or no text
                yield new Body(kind, text.contains("\\u") ? Json.clean(tree) : tree, text, null);
            }
            case FORM -> {
                String text = lenient(bytes, charset);
                yield new Body(kind, form(text, charset), text, null);
            }
            case MULTIPART -> {
                String named = type.getParameter("boundary");
                if (named == null || named.isEmpty()) {
                    throw new UnreadableBodyException("the content type names no boundary");
                }
                String boundary = unquoted(named);
                yield new Body(
                        kind,
                        Json.clean(MultipartBody.parse(bytes, boundary, charset)),
                        lenient(bytes, charset),
                        boundary);
            }
            case XML ->
                    new Body(
                            kind,
                            Json.clean(XmlBody.parse(bytes, type.getParameter("charset"))),
                            lenient(bytes, charset),
                            null);
            case QUERY -> throw unsupported();
        };
    }

    /// @param query as sent, without the question mark
    /// @throws UnreadableBodyException when its percent-encoding is broken
    public static Body ofQuery(String query) {
        return new Body(Kind.QUERY, form(query, StandardCharsets.UTF_8), query, null);
    }

    private static JsonNode form(String text, Charset charset) {
        var fields = new FormFields();
        FormBody.parse(text, charset, fields::add);
        return Json.clean(fields.tree());
    }

    /// @return an object of strings, of arrays where a name repeats; names as they are
    public static ObjectNode query(@Nullable String query) {
        var fields = new FormFields();
        FormBody.parse(query == null ? "" : query, StandardCharsets.UTF_8, fields::addFlat);
        return (ObjectNode) Json.clean(fields.tree());
    }

    private static String names(Set<Kind> kinds) {
        return kinds.stream()
                .map(kind ->
                        switch (kind) {
                            case JSON -> "JSON";
                            case FORM -> "form-urlencoded";
                            case MULTIPART -> "multipart/form-data";
                            case XML -> "XML";
                            case QUERY -> "a query string";
                        })
                .collect(Collectors.joining(", "));
    }

    /// @return the bytes as text of the declared charset where that can be told, else as UTF-8
    public static String lenientText(@Nullable String contentType, byte[] bytes) {
        try {
            return lenient(bytes, charset(mediaType(contentType)));
        } catch (UnsupportedBodyException unknown) {
            return lenient(bytes, StandardCharsets.UTF_8);
        }
    }

    private static MediaType mediaType(@Nullable String contentType) {
        if (contentType == null || contentType.isBlank()) {
            throw new UnsupportedBodyException("the content type is missing");
        }
        try {
            return MediaType.parseMediaType(contentType);
        } catch (InvalidMediaTypeException invalid) {
            throw new UnsupportedBodyException("the content type cannot be read");
        }
    }

    private static Kind kind(MediaType type) {
        String subtype = type.getSubtype();
        return switch (type.getType()) {
            case "application" -> {
                if (subtype.equals("json") || subtype.endsWith("+json")) {
                    yield Kind.JSON;
                }
                if (subtype.equals("x-www-form-urlencoded")) {
                    yield Kind.FORM;
                }
                if (subtype.equals("xml") || subtype.endsWith("+xml")) {
                    yield Kind.XML;
                }
                throw unsupported();
            }
            case "text" -> {
                if (subtype.equals("plain") || subtype.equals("json")) {
                    yield Kind.JSON;
                }
                if (subtype.equals("xml")) {
                    yield Kind.XML;
                }
                throw unsupported();
            }
            case "multipart" -> {
                if (subtype.equals("form-data")) {
                    yield Kind.MULTIPART;
                }
                throw unsupported();
            }
            default -> throw unsupported();
        };
    }

    private static UnsupportedBodyException unsupported() {
        return new UnsupportedBodyException(
                "JSON, form-urlencoded, multipart/form-data, XML and text/plain with JSON are read"
                        + " here");
    }

    private static Charset charset(MediaType type) {
        String named = type.getParameter("charset");
        if (named == null) {
            return StandardCharsets.UTF_8;
        }
        try {
            return Charset.forName(unquoted(named));
        } catch (IllegalArgumentException unknown) {
            throw new UnsupportedBodyException("the charset is unknown");
        }
    }

    private static String unquoted(String parameter) {
        return parameter.length() > 1 && parameter.startsWith("\"") && parameter.endsWith("\"")
                ? parameter.substring(1, parameter.length() - 1)
                : parameter;
    }

    private static String strict(byte[] bytes, Charset charset) {
        try {
            String text =
                    charset.newDecoder()
                            .onMalformedInput(CodingErrorAction.REPORT)
                            .onUnmappableCharacter(CodingErrorAction.REPORT)
                            .decode(ByteBuffer.wrap(bytes))
                            .toString();
            return text.startsWith("\uFEFF") ? text.substring(1) : text;
        } catch (CharacterCodingException malformed) {
            throw new UnreadableBodyException("the bytes are not text in " + charset.name());
        }
    }

    private static String lenient(byte[] bytes, Charset charset) {
        return new String(bytes, charset);
    }
}
