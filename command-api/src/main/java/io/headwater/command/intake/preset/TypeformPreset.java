package io.headwater.command.intake.preset;

import io.headwater.command.intake.LeadField;
import io.headwater.command.intake.LeadFields;
import io.headwater.command.intake.SubmissionItem;
import io.headwater.command.intake.mapping.FieldMapping;
import io.headwater.command.intake.mapping.Paths;
import io.headwater.command.intake.provider.Delivery;
import io.headwater.command.intake.provider.Normalised;
import io.headwater.command.intake.provider.ProviderPreset;
import io.headwater.command.platform.directory.SourceConfig;
import io.headwater.command.platform.web.body.Json;
import io.headwater.command.platform.web.body.Text;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;

/// Typeform responses. An answer's value stands under the key that its `type` names; what a
/// question means is told by that type, else by the question's own reference or title. Hidden
/// fields carry what the page knew: UTM parameters, the visitor's id.
///
/// source: Typeform, "Webhooks: example payload"
@Component
final class TypeformPreset implements ProviderPreset {

    @Override
    public String name() {
        return "typeform";
    }

    @Override
    public List<String> schemes() {
        return List.of("typeform");
    }

    @Override
    public Normalised normalise(JsonNode payload, Delivery delivery, SourceConfig source) {
        Paths.requireObject(payload);
        String type = Paths.text(payload, "event_type");
        if (type != null && !type.startsWith("form_response")) {
            return Normalised.ignored("event_type");
        }
        JsonNode response = payload.path("form_response");
        var fields = LeadFields.ofMembers(response.path("hidden"));
        var titles = titles(response.path("definition").path("fields"));
        for (JsonNode answer : response.path("answers")) {
            LeadField field = field(answer, titles);
            if (field != null) {
                fields.putIfAbsent(field, value(answer));
            }
        }
        String token = Text.field(Paths.text(response, "token"), 200);
        fields.put(LeadField.EXTERNAL_ID, token);
        fields.put(LeadField.SUBMITTED_AT, Paths.text(response, "submitted_at"));
        fields.putIfAbsent(LeadField.LEAD_SOURCE, "Typeform");
        fields.putIfAbsent(LeadField.PROJECT_NAME, Paths.text(response, "definition.title"));
        new FieldMapping(source.mapping()).applyTo(fields, payload);
        return Normalised.submission(
                new SubmissionItem(fields, deliveryId(type, token, payload), payload));
    }

    /// A partial response is followed by the whole one with the same token: not a repeat.
    private static @Nullable String deliveryId(
            @Nullable String type, @Nullable String token, JsonNode payload) {
        if (token == null) {
            return Text.field(Paths.text(payload, "event_id"), 200);
        }
        return "form_response_partial".equals(type) ? token + ":partial" : token;
    }

    private static Map<String, JsonNode> titles(JsonNode definitions) {
        var byId = new HashMap<String, JsonNode>();
        for (JsonNode definition : definitions) {
            String id = Json.text(definition.get("id"));
            if (id != null) {
                byId.put(id, definition);
            }
        }
        return byId;
    }

    private static @Nullable LeadField field(JsonNode answer, Map<String, JsonNode> definitions) {
        switch (String.valueOf(Paths.text(answer, "type"))) {
            case "email":
                return LeadField.EMAIL;
            case "phone_number":
                return LeadField.PHONE;
            default:
                break;
        }
        JsonNode definition =
                definitions.getOrDefault(
                        String.valueOf(Paths.text(answer, "field.id")), answer.path("field"));
        String ref = Paths.text(answer, "field.ref");
        LeadField byRef = LeadField.named(String.valueOf(ref));
        return byRef != null ? byRef : titled(Paths.text(definition, "title"), definition);
    }

    private static @Nullable LeadField titled(@Nullable String title, JsonNode definition) {
        LeadField byRef = LeadField.named(String.valueOf(Paths.text(definition, "ref")));
        if (byRef != null || title == null) {
            return byRef;
        }
        String words = title.toLowerCase(Locale.ROOT);
        if (words.contains("first name")) {
            return LeadField.FIRST_NAME;
        }
        if (words.contains("last name") || words.contains("surname")) {
            return LeadField.LAST_NAME;
        }
        return words.contains("full name") || words.contains("your name")
                ? LeadField.FULL_NAME
                : LeadField.named(words);
    }

    private static @Nullable String value(JsonNode answer) {
        String type = String.valueOf(Paths.text(answer, "type"));
        return switch (type) {
            case "choice" -> Paths.text(answer, "choice.label");
            case "choices" -> Paths.text(answer, "choices.labels");
            default -> Json.text(answer.get(type));
        };
    }
}
