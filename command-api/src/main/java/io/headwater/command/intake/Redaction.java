package io.headwater.command.intake;

import io.headwater.command.platform.web.body.Body;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// Takes secrets out of what is kept: members with a telling name, query parameters with a telling
/// name, and the source's own secrets: where they are the whole value, and long ones wherever they
/// stand.
public final class Redaction {

    public static final String MARK = "[redacted]";

    /// Shorter ones are words that innocent values consist of, too.
    static final int SHORTEST_VALUE = 6;

    /// Shorter ones would tear holes into innocent text: a key `example` into every address at
    /// example.com.
    static final int SHORTEST_LITERAL = 16;

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
                    "accesstoken",
                    "refreshtoken",
                    "authorization");

    private static final Pattern QUERY =
            Pattern.compile(
                    "([?&](?:pwd|passcode|password|token|access_token|access_key|api_key|apikey|secret)=)"
                            + "[^&#\\s\"'<>\\\\]+",
                    Pattern.CASE_INSENSITIVE);

    private final List<String> values;
    private final List<String> literals;

    /// @param secrets what proved the request authentic
    public Redaction(List<String> secrets) {
        this.values = atLeast(SHORTEST_VALUE, secrets);
        this.literals = atLeast(SHORTEST_LITERAL, secrets);
    }

    private static List<String> atLeast(int length, List<String> secrets) {
        return secrets.stream().filter(secret -> secret.length() >= length).toList();
    }

    static boolean tells(String memberName) {
        return NAMES.contains(LeadField.canonical(memberName));
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
            default ->
                    values.contains(tree.asString())
                            ? JsonNodeFactory.instance.stringNode(MARK)
                            : tree.isString()
                                    ? JsonNodeFactory.instance.stringNode(
                                            inText(tree.stringValue()))
                                    : tree;
        };
    }

    /// @return the body's text as sent, only the secrets replaced
    public String ofBody(Body body) {
        return switch (body.kind()) {
            case JSON -> ofJsonText(body.text());
            case FORM, QUERY -> ofFormText(body.text());
            case XML -> inText(body.text());
            case MULTIPART -> inText(body.textWithout(Redaction::tells, MARK));
        };
    }

    /// @param json valid JSON as sent
    /// @return the same text, only the values replaced
    String ofJsonText(String json) {
        return inText(new JsonRedaction(json, this::isSecret, literals).redacted());
    }

    /// @param form `name=value&…` as sent
    String ofFormText(String form) {
        var out = new StringBuilder(form.length());
        for (String pair : form.split("&", -1)) {
            int equals = pair.indexOf('=');
            boolean secret =
                    equals > 0
                            && (tells(decoded(pair.substring(0, equals)))
                                    || isSecret(decoded(pair.substring(equals + 1))));
            out.append(out.isEmpty() ? "" : "&")
                    .append(secret ? pair.substring(0, equals + 1) + MARK : pair);
        }
        return inText(out.toString());
    }

    private boolean isSecret(String value) {
        return values.contains(value);
    }

    private static String decoded(String text) {
        try {
            return URLDecoder.decode(text, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException broken) {
            return text;
        }
    }

    /// Replaces secrets in text of any form.
    public String inText(String text) {
        // most texts have no query, and the pattern is dear
        String clean =
                text.indexOf('=') < 0 ? text : QUERY.matcher(text).replaceAll("$1\\[redacted]");
        for (String literal : literals) {
            clean =
                    clean.replace(literal, MARK)
                            .replace(URLEncoder.encode(literal, StandardCharsets.UTF_8), MARK);
        }
        return clean;
    }
}
