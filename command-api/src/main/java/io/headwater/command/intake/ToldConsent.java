package io.headwater.command.intake;

import io.headwater.command.platform.web.body.Json;
import io.headwater.command.platform.web.body.Text;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// One consent as a form or provider told it, as text; not yet judged.
///
/// @param name of the field, or the provider's id
/// @param purposes in the sender's words
/// @param granted null: nobody says; then that the text was shown is the answer
/// @param textHash of a text that is not told itself
public record ToldConsent(
        @Nullable String name,
        List<String> purposes,
        @Nullable Boolean granted,
        @Nullable String text,
        @Nullable String textHash,
        @Nullable String version,
        @Nullable String at,
        @Nullable String ip,
        @Nullable String page) {

    private static final int LINE = 200;
    private static final int URL = 2_000;

    /// Of a text that is longer the hash is still that of the whole, up to here.
    static final int LONGEST_TEXT = 100_000;

    /// Members of a body that hold them, as [LeadField#canonical] spells them.
    private static final Set<String> HOLDERS = Set.of("consents", "consent");

    private static final List<String> ANSWERS =
            List.of("granted", "accepted", "checked", "is_checked", "given", "agreed", "value");
    private static final List<String> TEXTS = List.of("text", "consent_text", "label", "statement");

    /// @param answer anything but a yes is none
    /// @return a consent of which the provider tells an id, a text and the answer
    public static ToldConsent of(
            @Nullable String name, @Nullable String text, @Nullable String answer) {
        return new ToldConsent(
                Text.field(name, LINE),
                List.of(),
                Boolean.TRUE.equals(answer(answer)),
                Text.field(text, LONGEST_TEXT),
                null,
                null,
                null,
                null,
                null);
    }

    /// A list of consents, one consent, or answers by purpose: `{"email": true, "sms": false}`.
    ///
    /// @param object its member `consents` or `consent`; what holds only an answer is a field
    static List<ToldConsent> in(JsonNode object) {
        var told = new ArrayList<ToldConsent>();
        object.properties()
                .forEach(member -> {
                    JsonNode value = member.getValue();
                    if (value.isContainer()
                            && HOLDERS.contains(LeadField.canonical(member.getKey()))) {
                        read(told, value);
                    }
                });
        return told;
    }

    private static void read(List<ToldConsent> told, JsonNode value) {
        if (value.isArray()) {
            value.valueStream().forEach(one -> add(told, one(null, one)));
        } else if (first(value, ANSWERS) != null || first(value, TEXTS) != null) {
            add(told, one(null, value));
        } else {
            value.properties().forEach(by -> add(told, one(by.getKey(), by.getValue())));
        }
    }

    private static void add(List<ToldConsent> told, ToldConsent one) {
        if (one.granted != null || one.text != null || one.textHash != null) {
            told.add(one);
        }
    }

    /// @param purpose under which it stands; null: under none
    private static ToldConsent one(@Nullable String purpose, JsonNode value) {
        if (!value.isObject()) {
            return new ToldConsent(
                    purpose,
                    purpose == null ? List.of() : List.of(purpose),
                    answer(Json.text(value)),
                    null,
                    null,
                    null,
                    null,
                    null,
                    null);
        }
        var purposes = purposes(value);
        return new ToldConsent(
                Text.field(or(first(value, List.of("name", "id", "key")), purpose), LINE),
                purposes.isEmpty() && purpose != null ? List.of(purpose) : purposes,
                answer(first(value, ANSWERS)),
                Text.field(first(value, TEXTS), LONGEST_TEXT),
                Text.field(first(value, List.of("text_hash")), LINE),
                Text.field(first(value, List.of("version")), LINE),
                Text.field(first(value, List.of("at", "timestamp", "consented_at")), LINE),
                Text.field(first(value, List.of("ip")), LINE),
                Text.field(first(value, List.of("page", "page_url", "url")), URL));
    }

    private static List<String> purposes(JsonNode value) {
        var purposes = new ArrayList<String>();
        for (String name : List.of("purposes", "purpose")) {
            JsonNode told = value.path(name);
            if (told.isArray()) {
                told.valueStream()
                        .map(Json::text)
                        .filter(one -> one != null)
                        .forEach(purposes::add);
            } else if (Json.text(told) instanceof String one) {
                purposes.add(one);
            }
        }
        return purposes;
    }

    private static @Nullable String first(JsonNode object, List<String> names) {
        for (String name : names) {
            JsonNode value = object.get(name);
            String text = value == null || value.isContainer() ? null : Json.text(value);
            if (text != null && !text.isBlank()) {
                return text;
            }
        }
        return null;
    }

    private static @Nullable String or(@Nullable String first, @Nullable String second) {
        return first != null ? first : second;
    }

    /// @return null for a word that is neither a yes nor a no: it is not guessed
    static @Nullable Boolean answer(@Nullable String word) {
        if (word == null) {
            return null;
        }
        return switch (word.strip().toLowerCase(Locale.ROOT)) {
            case "true",
                    "yes",
                    "y",
                    "1",
                    "on",
                    "checked",
                    "granted",
                    "accepted",
                    "agreed",
                    "agree" ->
                    true;
            case "false", "no", "n", "0", "off", "unchecked", "denied", "declined", "refused" ->
                    false;
            default -> null;
        };
    }

    /// @return a copy whose every text was changed
    ToldConsent changed(UnaryOperator<String> change) {
        return new ToldConsent(
                changed(name, change),
                purposes.stream().map(change).toList(),
                granted,
                changed(text, change),
                textHash,
                changed(version, change),
                at,
                changed(ip, change),
                changed(page, change));
    }

    private static @Nullable String changed(@Nullable String text, UnaryOperator<String> change) {
        return text == null ? null : change.apply(text);
    }
}
