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
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;

/// Tally responses: a list of fields, each with its label, type and value. Choices come as ids
/// whose texts stand in `options`. A hidden field's label is its name.
///
/// source: tally.so/help/webhooks; developers.tally.so, "Creating webhooks"
@Component
final class TallyPreset implements ProviderPreset {

    @Override
    public String name() {
        return "tally";
    }

    @Override
    public List<String> schemes() {
        return List.of("tally", "api-key", "secret-url");
    }

    @Override
    public Normalised normalise(JsonNode payload, Delivery delivery, SourceConfig source) {
        Paths.requireObject(payload);
        if (!"FORM_RESPONSE".equals(Paths.text(payload, "eventType"))) {
            return Normalised.ignored("event_type");
        }
        JsonNode data = payload.path("data");
        if (!data.path("fields").isArray()) {
            throw new UnreadableBodyException("data.fields must be an array");
        }
        var fields = new LeadFields();
        for (JsonNode field : data.path("fields")) {
            read(fields, field);
        }
        String id = Paths.first(data, "responseId", "submissionId");
        fields.put(LeadField.SUBMITTED_AT, Paths.first(payload, "data.createdAt", "createdAt"));
        fields.putIfAbsent(LeadField.PROJECT_NAME, data.path("formName"));
        return Submitted.through("Tally", fields, id, payload, source);
    }

    private static void read(LeadFields fields, JsonNode field) {
        String value = value(field);
        switch (String.valueOf(Paths.text(field, "type"))) {
            case "INPUT_EMAIL" -> fields.putIfAbsent(LeadField.EMAIL, value);
            case "INPUT_PHONE_NUMBER" -> fields.putIfAbsent(LeadField.PHONE, value);
            default -> Questions.answer(fields, Paths.text(field, "label"), value);
        }
    }

    private static @Nullable String value(JsonNode field) {
        JsonNode value = field.path("value");
        JsonNode options = field.path("options");
        if (!value.isArray() || !options.isArray()) {
            return Json.text(value);
        }
        var chosen = new ArrayList<String>();
        for (JsonNode id : value) {
            chosen.add(text(options, String.valueOf(Json.text(id))));
        }
        return String.join(", ", chosen);
    }

    private static String text(JsonNode options, String id) {
        for (JsonNode option : options) {
            String text = Paths.text(option, "text");
            if (text != null && id.equals(Paths.text(option, "id"))) {
                return text;
            }
        }
        return id;
    }
}
