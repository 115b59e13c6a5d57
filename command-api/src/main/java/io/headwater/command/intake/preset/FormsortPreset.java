package io.headwater.command.intake.preset;

import io.headwater.command.intake.LeadField;
import io.headwater.command.intake.LeadFields;
import io.headwater.command.intake.mapping.Paths;
import io.headwater.command.intake.provider.Delivery;
import io.headwater.command.intake.provider.Normalised;
import io.headwater.command.intake.provider.ProviderPreset;
import io.headwater.command.platform.directory.SourceConfig;
import io.headwater.command.platform.web.body.UnreadableBodyException;
import java.util.List;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;

/// Formsort responses. It may be told to send after every step: only what is `finalized` is a
/// submission. One responder finalizes a flow once.
///
/// source: docs.formsort.com, "Webhooks"
@Component
final class FormsortPreset implements ProviderPreset {

    @Override
    public String name() {
        return "formsort";
    }

    @Override
    public List<String> schemes() {
        return List.of("api-key", "api-key-query", "secret-url");
    }

    @Override
    public Normalised normalise(JsonNode payload, Delivery delivery, SourceConfig source) {
        Paths.requireObject(payload);
        JsonNode answers = payload.path("answers");
        if (!answers.isObject()) {
            throw new UnreadableBodyException("answers must be an object");
        }
        if (!Paths.isTrue(payload, "finalized")) {
            return Normalised.ignored("partial");
        }
        var fields = new LeadFields();
        Questions.answers(fields, answers);
        String responder = Paths.text(payload, "responder_uuid");
        fields.put(LeadField.SUBMITTED_AT, Paths.first(payload, "finalized_at", "created_at"));
        fields.putIfAbsent(LeadField.PROJECT_NAME, payload.path("flow_label"));
        return Submitted.through("Formsort", fields, responder, payload, source);
    }
}
