package io.headwater.command.intake.signature;

import io.headwater.command.intake.RequestAudit;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// What a source may say about its scheme:
///
/// | scheme | options |
/// |---|---|
/// | with a signed time | `tolerance_seconds`: 1 to 86400 |
/// | `api-key` | `header` |
/// | `api-key-query` | `parameter` |
/// | `hmac` | `header`, `algorithm` (sha256, sha1, sha512), `encoding` (hex, base64, base64url), `prefix`, `secret_encoding` (text, hex, base64), `signed` (`{body}` and, where it is signed too, `{time}`, `{method}`, `{url}`, `{path}`, `{header:Name}`), `time_header`, `time_unit` (seconds, milliseconds), `tolerance_seconds` |
final class SchemeOptions {

    private static final Pattern HEADER = Pattern.compile("[A-Za-z0-9!#$%&'*+.^_`|~-]{1,100}");
    private static final Pattern PARAMETER = Pattern.compile("[A-Za-z0-9_.\\[\\]-]{1,100}");
    private static final Pattern SECONDS = Pattern.compile("[0-9]{1,5}");
    private static final Pattern HOLE = Pattern.compile("\\{([a-z]+)(?::([^{}]+))?}");
    private static final long LONGEST_TOLERANCE = 86_400;

    private final Map<String, String> options;
    private final Map<String, String> wrong = new TreeMap<>();

    private SchemeOptions(Map<String, String> options) {
        this.options = options;
    }

    /// @throws IllegalArgumentException when the scheme is unknown or an option is wrong
    static Scheme applied(Map<String, Scheme> known, String name, Map<String, String> options) {
        var reader = new SchemeOptions(options);
        var scheme = reader.read(known, name);
        if (!reader.wrong.isEmpty()) {
            throw new IllegalArgumentException("wrong options " + reader.wrong.keySet());
        }
        return scheme;
    }

    /// @return what is wrong, by `options.<name>`
    static Map<String, String> wrongIn(
            Map<String, Scheme> known, String name, Map<String, String> options) {
        var reader = new SchemeOptions(options);
        reader.read(known, name);
        return reader.wrong;
    }

    private Scheme read(Map<String, Scheme> known, String name) {
        return switch (name) {
            case Schemes.HMAC -> hmac();
            case Schemes.API_KEY -> {
                allow("header");
                String header = matching("header", HEADER, "is no name of a header");
                if (header != null && RequestAudit.KEPT_HEADERS.contains(header)) {
                    wrong.put("options.header", "is kept with every request; choose another");
                }
                yield header == null
                        ? scheme(known, name)
                        : Scheme.sharedKey(name, new Place.Header(header));
            }
            case Schemes.API_KEY_QUERY -> {
                allow("parameter");
                String parameter = matching("parameter", PARAMETER, "is no name of a parameter");
                yield parameter == null
                        ? scheme(known, name)
                        : Scheme.sharedKey(name, new Place.Parameter(parameter));
            }
            default -> {
                var scheme = scheme(known, name);
                var time = scheme.time();
                if (time == null) {
                    allow();
                    yield scheme;
                }
                allow("tolerance_seconds");
                yield scheme.within(tolerance(time.tolerance()));
            }
        };
    }

    private static Scheme scheme(Map<String, Scheme> known, String name) {
        var scheme = known.get(name);
        if (scheme == null) {
            throw new IllegalArgumentException("no scheme " + name);
        }
        return scheme;
    }

    private Scheme hmac() {
        allow(
                "header",
                "algorithm",
                "encoding",
                "prefix",
                "secret_encoding",
                "signed",
                "time_header",
                "time_unit",
                "tolerance_seconds");
        String header = matching("header", HEADER, "is no name of a header");
        if (header == null) {
            wrong.putIfAbsent("options.header", "must name the header of the signature");
            header = "none";
        }
        String timeHeader = matching("time_header", HEADER, "is no name of a header");
        var unit =
                choice(
                        "time_unit",
                        Map.of(
                                "seconds", Scheme.Unit.SECONDS,
                                "milliseconds", Scheme.Unit.MILLISECONDS),
                        Scheme.Unit.SECONDS);
        return new Scheme(
                Schemes.HMAC,
                new Place.Header(header),
                new Layout.Plain(options.getOrDefault("prefix", "")),
                List.of(signed(timeHeader != null)),
                choice(
                        "algorithm",
                        Map.of(
                                "sha1", Algorithm.HMAC_SHA1,
                                "sha256", Algorithm.HMAC_SHA256,
                                "sha512", Algorithm.HMAC_SHA512),
                        Algorithm.HMAC_SHA256),
                choice(
                        "encoding",
                        Map.of(
                                "hex", Encoding.HEX,
                                "base64", Encoding.BASE64,
                                "base64url", Encoding.BASE64URL),
                        Encoding.HEX),
                choice(
                        "secret_encoding",
                        Map.of(
                                "text", SecretForm.TEXT,
                                "hex", SecretForm.HEX,
                                "base64", SecretForm.BASE64),
                        SecretForm.TEXT),
                timeHeader == null
                        ? null
                        : new Scheme.SignedTime(
                                timeHeader, unit, tolerance(Duration.ofMinutes(5))));
    }

    /// What is not signed could be exchanged: body and, where there is one, time must be.
    private List<Part> signed(boolean timed) {
        String template = options.getOrDefault("signed", timed ? "{time}.{body}" : "{body}");
        var parts = new ArrayList<Part>();
        var hole = HOLE.matcher(template);
        int end = 0;
        while (hole.find()) {
            text(template.substring(end, hole.start()), parts);
            end = hole.end();
            var part = part(hole.group(1), hole.group(2));
            if (part == null) {
                wrong.put("options.signed", "holds the unknown part " + hole.group());
            } else {
                parts.add(part);
            }
        }
        text(template.substring(end), parts);
        if (!parts.contains(new Part.RawBody())) {
            wrong.putIfAbsent("options.signed", "must hold {body}");
        } else if (timed != parts.contains(Part.Simple.TIME)) {
            wrong.putIfAbsent("options.signed", "must hold {time} just where time_header is given");
        }
        return parts;
    }

    private static @Nullable Part part(String name, @Nullable String argument) {
        if (argument != null) {
            return name.equals("header") && HEADER.matcher(argument).matches()
                    ? new Part.Header(argument)
                    : null;
        }
        return switch (name) {
            case "body" -> new Part.RawBody();
            case "time" -> Part.Simple.TIME;
            case "method" -> Part.Simple.METHOD;
            case "path" -> Part.Simple.PATH;
            case "url" -> new Part.Url(Urls.Spelling.AS_CALLED);
            default -> null;
        };
    }

    private static void text(String text, List<Part> parts) {
        if (!text.isEmpty()) {
            parts.add(new Part.Text(text));
        }
    }

    private Duration tolerance(Duration otherwise) {
        String told = options.get("tolerance_seconds");
        if (told == null) {
            return otherwise;
        }
        long seconds = SECONDS.matcher(told).matches() ? Long.parseLong(told) : 0;
        if (seconds < 1 || seconds > LONGEST_TOLERANCE) {
            wrong.put("options.tolerance_seconds", "must be 1 to " + LONGEST_TOLERANCE);
            return otherwise;
        }
        return Duration.ofSeconds(seconds);
    }

    private @Nullable String matching(String option, Pattern shape, String otherwise) {
        String told = options.get(option);
        if (told != null && !shape.matcher(told).matches()) {
            wrong.put("options." + option, otherwise);
        }
        return told;
    }

    private <T> T choice(String option, Map<String, T> choices, T otherwise) {
        String told = options.get(option);
        T chosen = told == null ? otherwise : choices.get(told);
        if (chosen == null) {
            wrong.put(
                    "options." + option,
                    "is none of " + String.join(", ", new TreeMap<>(choices).keySet()));
            return otherwise;
        }
        return chosen;
    }

    private void allow(String... names) {
        for (String told : options.keySet()) {
            if (!List.of(names).contains(told)) {
                wrong.put(
                        "options." + told,
                        names.length == 0
                                ? "the scheme has no options"
                                : "is none of " + String.join(", ", names));
            }
        }
    }
}
