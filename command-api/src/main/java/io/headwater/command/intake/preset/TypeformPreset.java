package io.headwater.command.intake.preset;

import io.headwater.command.intake.LeadField;
import io.headwater.command.intake.LeadFields;
import io.headwater.command.intake.mapping.Paths;
import io.headwater.command.intake.provider.Delivery;
import io.headwater.command.intake.provider.Normalised;
import io.headwater.command.intake.provider.ProviderPreset;
import io.headwater.command.platform.directory.SourceConfig;
import io.headwater.command.platform.web.body.Json;
import io.headwater.command.platform.web.body.UnreadableBodyException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.MissingNode;

/// Typeform responses. An answer's value stands under the key that its `type` names; what a
/// question means is told by that type, else by the question's own reference or title. Hidden
/// fields carry what the page knew: UTM parameters, the visitor's id.
///
/// Partial responses are dropped: nobody pressed "submit", and the whole one has the same token.
///
/// source: typeform.com/developers/webhooks/example-payload
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
        if (type != null && !type.equals("form_response")) {
            return Normalised.ignored(
                    type.equals("form_response_partial") ? "partial" : "event_type");
        }
        JsonNode response = payload.path("form_response");
        String id = Paths.first(payload, "form_response.token", "event_id");
        if (!response.isObject() || id == null) {
            throw new UnreadableBodyException("form_response or its token is missing");
        }
        var fields = LeadFields.ofMembers(response.path("hidden"));
        fields.put(LeadField.SUBMITTED_AT, Paths.text(response, "submitted_at"));
        var answered = new Answered(fields);
        var questions = questions(response.path("definition").path("fields"));
        for (JsonNode answer : response.path("answers")) {
            read(fields, answered, answer, questions);
        }
        fields.putIfAbsent(LeadField.PROJECT_NAME, Paths.text(response, "definition.title"));
        return Submitted.through(
                "Typeform", fields, id, answered.besides(payload), payload, source);
    }

    private static Map<String, JsonNode> questions(JsonNode definitions) {
        var byId = new HashMap<String, JsonNode>();
        for (JsonNode definition : definitions) {
            String id = Json.text(definition.get("id"));
            if (id != null) {
                byId.put(id, definition);
            }
        }
        return byId;
    }

    private static void read(
            LeadFields fields,
            Answered answered,
            JsonNode answer,
            Map<String, JsonNode> questions) {
        JsonNode question =
                questions.getOrDefault(
                        String.valueOf(Paths.text(answer, "field.id")), MissingNode.getInstance());
        String value = value(answer);
        String ref = Paths.first(answer, "field.ref");
        if (ref == null) {
            ref = Paths.first(question, "ref");
        }
        LeadField field = field(answer, ref);
        if (field != null) {
            fields.putIfAbsent(field, value);
        }
        answered.add(Paths.text(question, "title"), value);
        answered.add(ref, value);
    }

    private static @Nullable LeadField field(JsonNode answer, @Nullable String ref) {
        return switch (String.valueOf(Paths.text(answer, "type"))) {
            case "email" -> LeadField.EMAIL;
            case "phone_number" -> LeadField.PHONE;
            default -> LeadField.named(String.valueOf(ref));
        };
    }

    private static @Nullable String value(JsonNode answer) {
        String type = String.valueOf(Paths.text(answer, "type"));
        return switch (type) {
            case "choice" -> Paths.first(answer, "choice.label", "choice.other");
            case "choices" -> Paths.first(answer, "choices.labels", "choices.other");
            default -> Json.text(answer.get(type));
        };
    }
}
