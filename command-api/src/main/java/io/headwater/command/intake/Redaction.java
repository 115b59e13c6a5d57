package io.headwater.command.intake;

import io.headwater.command.platform.KeyDigest;
import io.headwater.command.platform.directory.SourceConfig;
import io.headwater.command.platform.web.body.Body;
import io.headwater.command.platform.web.body.Json;
import io.headwater.command.platform.web.body.UnreadableBodyException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// Takes secrets out of what is kept: members with a telling name, query parameters with a telling
/// name, and the source's own secrets: where they are the whole value, and long ones wherever they
/// stand, also written as URLs, JSON or XML write them, and in JSON inside a string.
public final class Redaction {

    public static final String MARK = "[redacted]";

    /// Shorter ones are words that innocent values consist of, too.
    static final int SHORTEST_VALUE = 6;

    /// Shorter ones would tear holes into innocent text: a key `example` into every address at
    /// example.com.
    static final int SHORTEST_LITERAL = 16;

    /// Longer values are not digested to see whether they are a key.
    private static final int LONGEST_KEY = 500;

    /// As [LeadField#canonical] spells them.
    private static final Set<String> NAMES =
            Set.of(
                    "googlekey",
                    "password",
                    "passcode",
                    "pwd",
                    "clientsecret",
                    "secret",
                    "webhooksecret",
                    "apikey",
                    "accesskey",
                    "accesstoken",
                    "refreshtoken",
                    "authorization");

    private final List<String> secrets;
    private final Set<String> values;

    /// Of keys that are not known themselves.
    private final Set<String> digests;

    /// Every spelling of every long secret, the secret itself first.
    private final List<String> literals;

    /// @param secrets what proves requests authentic, or its digest, see [KeyDigest]
    public Redaction(List<String> secrets) {
        this.secrets = secrets;
        this.digests =
                secrets.stream().filter(KeyDigest::is).collect(Collectors.toUnmodifiableSet());
        this.values = Set.copyOf(atLeast(SHORTEST_VALUE, secrets));
        var spellings = new LinkedHashSet<String>();
        atLeast(SHORTEST_LITERAL, secrets).forEach(secret -> addSpellings(secret, spellings));
        this.literals = List.copyOf(spellings);
    }

    public static Redaction of(SourceConfig source) {
        return new Redaction(source.allSecrets());
    }

    /// @param presented a key that a request brought; null: none
    public Redaction with(@Nullable String presented) {
        return presented == null
                ? this
                : new Redaction(Stream.concat(secrets.stream(), Stream.of(presented)).toList());
    }

    private static Collection<String> atLeast(int length, List<String> secrets) {
        return new LinkedHashSet<>(
                secrets.stream().filter(secret -> secret.length() >= length).toList());
    }

    private static void addSpellings(String secret, Set<String> spellings) {
        spellings.add(secret);
        String json = Json.write(secret);
        String inJson = json.substring(1, json.length() - 1);
        spellings.add(inJson);
        spellings.add(inJson.replace("/", "\\/"));
        String inUrl = URLEncoder.encode(secret, StandardCharsets.UTF_8);
        spellings.add(inUrl);
        spellings.add(inUrl.replace("+", "%20"));
        spellings.add(lowerHex(inUrl));
        spellings.add(
                secret.replace("&", "&amp;")
                        .replace("<", "&lt;")
                        .replace(">", "&gt;")
                        .replace("\"", "&quot;"));
    }

    private static String lowerHex(String encoded) {
        var out = new StringBuilder(encoded);
        for (int i = 0; i + 2 < out.length(); i++) {
            if (out.charAt(i) == '%') {
                out.setCharAt(i + 1, Character.toLowerCase(out.charAt(i + 1)));
                out.setCharAt(i + 2, Character.toLowerCase(out.charAt(i + 2)));
            }
        }
        return out.toString();
    }

    /// @param name of a member, a form's field (`lead[password]`), an element or attribute
    static boolean tells(String name) {
        String last = name;
        if (name.endsWith("]")) {
            last = name.substring(name.lastIndexOf('[') + 1, name.length() - 1);
        } else if (name.startsWith("@")) {
            last = name.substring(1);
        }
        return NAMES.contains(LeadField.canonical(last));
    }

    /// @return a copy without secrets
    public JsonNode of(JsonNode tree) {
        return switch (tree) {
            case ObjectNode object -> {
                ObjectNode copy = JsonNodeFactory.instance.objectNode();
                object.properties()
                        .forEach(member ->
                                copy.set(
                                        inText(member.getKey()),
                                        tells(member.getKey()) && !member.getValue().isNull()
                                                ? JsonNodeFactory.instance.stringNode(MARK)
                                                : of(member.getValue())));
                yield copy;
            }
            case ArrayNode array -> {
                ArrayNode copy = JsonNodeFactory.instance.arrayNode(array.size());
                array.forEach(element -> copy.add(of(element)));
                yield copy;
            }
            default -> ofScalar(tree);
        };
    }

    private JsonNode ofScalar(JsonNode scalar) {
        if (scalar.isString()) {
            String text = scalar.stringValue();
            String clean = ofValue(text);
            return clean.equals(text) ? scalar : JsonNodeFactory.instance.stringNode(clean);
        }
        return isSecret(scalar.asString()) ? JsonNodeFactory.instance.stringNode(MARK) : scalar;
    }

    /// @return the value of a member or field without secrets; JSON in it is taken for what it is
    public String ofValue(String value) {
        if (isSecret(value)) {
            return MARK;
        }
        String nested = ofNestedJson(value);
        return inText(nested == null ? value : nested);
    }

    /// @return null when there is nothing to take out of it as JSON
    private @Nullable String ofNestedJson(String value) {
        String text = value.strip();
        if (!(text.startsWith("{") && text.endsWith("}"))
                && !(text.startsWith("[") && text.endsWith("]"))) {
            return null;
        }
        try {
            JsonNode valid = Json.read(text);
            return valid.isContainer() ? ofJsonText(text) : null;
        } catch (UnreadableBodyException noJson) {
            return null;
        }
    }

    /// @return the body's text as sent, only the secrets replaced
    public String ofBody(Body body) {
        return switch (body.kind()) {
            case JSON -> ofJsonText(body.text());
            case FORM, QUERY -> ofFormText(body.text());
            case XML -> inText(new XmlRedaction(body.text(), this::isSecret).redacted());
            case MULTIPART ->
                    inText(
                            body.withParts(
                                    (name, content) -> tells(name) ? MARK : ofValue(content)));
        };
    }

    /// @param json valid JSON as sent
    /// @return the same text, only the values replaced
    String ofJsonText(String json) {
        return inText(new JsonRedaction(json, this::ofValue, literals).redacted());
    }

    /// @param form `name=value&…` as sent
    String ofFormText(String form) {
        var out = new StringBuilder(form.length());
        int at = 0;
        while (at < form.length()) {
            int end = form.indexOf('&', at);
            int until = end < 0 ? form.length() : end;
            field(form.substring(at, until), out);
            if (end >= 0) {
                out.append('&');
            }
            at = until + 1;
        }
        return inText(out.toString());
    }

    private void field(String pair, StringBuilder out) {
        int equals = pair.indexOf('=');
        if (equals <= 0) {
            out.append(pair);
            return;
        }
        String value = UrlRedaction.decoded(pair.substring(equals + 1));
        String clean =
                tells(UrlRedaction.decoded(pair.substring(0, equals))) ? MARK : ofValue(value);
        out.append(pair, 0, equals + 1);
        if (clean.equals(value)) {
            out.append(pair, equals + 1, pair.length());
        } else {
            out.append(
                    clean.equals(MARK) ? MARK : URLEncoder.encode(clean, StandardCharsets.UTF_8));
        }
    }

    private boolean isSecret(String value) {
        return values.contains(value)
                || !digests.isEmpty()
                        && value.length() >= KeyDigest.SHORTEST
                        && value.length() <= LONGEST_KEY
                        && digests.contains(KeyDigest.of(value));
    }

    /// Replaces secrets in text of any form.
    public String inText(String text) {
        String clean = UrlRedaction.redacted(text, this::isSecret);
        for (String literal : literals) {
            clean = clean.replace(literal, MARK);
        }
        return clean;
    }
}
