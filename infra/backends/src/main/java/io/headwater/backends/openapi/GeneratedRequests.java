package io.headwater.backends.openapi;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Requests for every operation that an OpenAPI document names: a third keeps to it, a third
/// nearly, a third means harm. The same seed gives the same requests.
public final class GeneratedRequests {

    private static final Set<String> METHODS =
            Set.of("get", "put", "post", "delete", "patch", "head", "options");

    private static final List<String> TYPES =
            List.of(
                    "application/json",
                    "application/json;charset=utf-16",
                    "application/x-www-form-urlencoded",
                    "multipart/form-data; boundary=b",
                    "multipart/form-data",
                    "application/xml",
                    "text/plain",
                    "text/html",
                    "application/merge-patch+json",
                    ";;;");

    private final Map<?, ?> document;
    private final Values values;

    /// Of a test: `headwater.generated-requests.seed`, otherwise always the same one, and with
    /// `headwater.full` a new one each time.
    public static long seed() {
        return Long.getLong(
                "headwater.generated-requests.seed",
                Boolean.getBoolean("headwater.full") ? System.nanoTime() : 1);
    }

    /// @param document parsed: maps, lists, strings, numbers, flags
    /// @param known values that exist, by name of a parameter or member
    public GeneratedRequests(Map<?, ?> document, Map<String, List<String>> known, long seed) {
        this.document = document;
        this.values = new Values(document, known, new SplittableRandom(seed));
    }

    /// @param path as the document has it, with names in braces
    public record Operation(String method, String path) {
        @Override
        public String toString() {
            return method + " " + path;
        }
    }

    /// @param target path and query, encoded
    /// @param contentType empty: none
    public record Call(
            Operation operation,
            String target,
            Map<String, String> headers,
            String contentType,
            byte[] body) {
        @Override
        public String toString() {
            String text = new String(body, StandardCharsets.UTF_8);
            return "%s %s %s %s %s"
                    .formatted(
                            operation.method(),
                            target,
                            headers,
                            contentType,
                            text.substring(0, Math.min(500, text.length())));
        }
    }

    public List<Operation> operations() {
        var operations = new ArrayList<Operation>();
        map(document.get("paths"))
                .forEach((path, item) ->
                        map(item).keySet().stream()
                                .map(String::valueOf)
                                .filter(METHODS::contains)
                                .forEach(method ->
                                        operations.add(
                                                new Operation(
                                                        method.toUpperCase(Locale.ROOT),
                                                        String.valueOf(path)))));
        return operations;
    }

    public Call next(Operation operation) {
        double slip = values.pick(List.of(0.0, 0.15, 0.7));
        Map<?, ?> item = map(map(document.get("paths")).get(operation.path()));
        Map<?, ?> told = map(item.get(operation.method().toLowerCase(Locale.ROOT)));
        String path = operation.path();
        var query = new ArrayList<String>();
        var headers = new LinkedHashMap<String, String>();
        for (Map<?, ?> parameter : parameters(item, told)) {
            String name = String.valueOf(parameter.get("name"));
            Object value = values.of(name, parameter.get("schema"), slip);
            boolean required = Boolean.TRUE.equals(parameter.get("required"));
            switch (String.valueOf(parameter.get("in"))) {
                case "path" -> path = path.replace("{" + name + "}", segment(value));
                case "header" -> {
                    if (required || values.chance(0.3)) {
                        headers.put(name, headerText(value));
                    }
                }
                default -> {
                    if ((required && !values.chance(slip)) || values.chance(0.4)) {
                        query.add(encoded(name) + "=" + encoded(plain(value)));
                    }
                }
            }
        }
        if (slip > 0.5) {
            strange(query, headers);
        }
        String target = query.isEmpty() ? path : path + "?" + String.join("&", query);
        return bodied(operation, target, headers, map(told.get("requestBody")), slip);
    }

    private List<Map<?, ?>> parameters(Map<?, ?> item, Map<?, ?> told) {
        var parameters = new ArrayList<Map<?, ?>>();
        for (Map<?, ?> holder : List.of(item, told)) {
            if (holder.get("parameters") instanceof List<?> list) {
                list.forEach(parameter -> parameters.add(values.resolved(parameter)));
            }
        }
        return parameters;
    }

    private void strange(List<String> query, Map<String, String> headers) {
        if (values.chance(0.3)) {
            query.add(
                    encoded(values.hostile())
                            + "="
                            + values.pick(List.of("%ff", "%00", "a%0d%0ab")));
        }
        if (values.chance(0.3)) {
            headers.put(
                    values.pick(
                            List.of(
                                    "Accept",
                                    "Accept-Language",
                                    "If-Match",
                                    "Prefer",
                                    "Idempotency-Key",
                                    "Last-Event-ID",
                                    "Origin",
                                    "Referer",
                                    "X-Forwarded-For",
                                    "X-Headwater-Actor",
                                    "traceparent",
                                    "User-Agent",
                                    "Range")),
                    headerText(values.hostile()));
        }
    }

    private Call bodied(
            Operation operation,
            String target,
            Map<String, String> headers,
            Map<?, ?> described,
            double slip) {
        Map<?, ?> contents = map(described.get("content"));
        if (contents.isEmpty() && !(slip > 0.5 && !operation.method().equals("GET"))) {
            return new Call(operation, target, headers, "", new byte[0]);
        }
        boolean asTold = !contents.isEmpty() && !values.chance(slip / 2);
        String type =
                asTold
                        ? String.valueOf(values.pick(List.copyOf(contents.keySet())))
                        : values.pick(TYPES);
        Object schema = asTold ? map(contents.get(type)).get("schema") : Map.of("type", "object");
        Object value = values.of("body", schema, slip / 2);
        String text = text(type, value);
        if (slip > 0.5 && values.chance(0.2)) {
            text = broken(text);
        }
        return new Call(operation, target, headers, type, text.getBytes(StandardCharsets.UTF_8));
    }

    private String broken(String text) {
        return switch (values.pick(List.of(0, 1, 2, 3, 4))) {
            case 0 -> text.substring(0, text.length() / 2);
            case 1 -> "[".repeat(20_000);
            case 2 -> text + text;
            case 3 -> "\u0000" + text;
            default -> "";
        };
    }

    private static String text(String type, @Nullable Object value) {
        Map<?, ?> members =
                value instanceof Map<?, ?> object ? object : Map.of("value", plain(value));
        if (type.startsWith("application/x-www-form-urlencoded")) {
            return members.entrySet().stream()
                    .map(e ->
                            encoded(String.valueOf(e.getKey()))
                                    + "="
                                    + encoded(plain(e.getValue())))
                    .collect(Collectors.joining("&"));
        }
        if (type.startsWith("multipart/form-data")) {
            return members.entrySet().stream()
                            .map(e ->
                                    "--b\r\nContent-Disposition: form-data; name=\"%s\"\r\n\r\n%s\r\n"
                                            .formatted(e.getKey(), plain(e.getValue())))
                            .collect(Collectors.joining())
                    + "--b--\r\n";
        }
        if (type.contains("xml")) {
            return "<lead><a>" + plain(value) + "</a></lead>";
        }
        return JsonText.of(value);
    }

    private static String plain(@Nullable Object value) {
        return value instanceof String text ? text : JsonText.of(value);
    }

    /// Never empty and never a dot segment: the request is for this operation and no other.
    private static String segment(@Nullable Object value) {
        String text = plain(value);
        return text.isBlank() || text.contains("..") || text.equals(".") ? "x" : encoded(text);
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }

    /// What a client lets pass: no line ends, no control characters.
    private static String headerText(@Nullable Object value) {
        return plain(value).replaceAll("[^ -~]", "?");
    }

    private static Map<?, ?> map(@Nullable Object value) {
        return value instanceof Map<?, ?> map ? map : Map.of();
    }
}
