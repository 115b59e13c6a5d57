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

/// FilaForms submissions, signed by Standard Webhooks.
///
/// source: filaforms.app/docs, "Webhooks"
@Component
final class FilaFormsPreset implements ProviderPreset {

    @Override
    public String name() {
        return "filaforms";
    }

    @Override
    public List<String> schemes() {
        return List.of("standard-webhooks");
    }

    @Override
    public Normalised normalise(JsonNode payload, Delivery delivery, SourceConfig source) {
        Paths.requireObject(payload);
        if (!"submission_created".equals(Paths.text(payload, "type"))) {
            return Normalised.ignored("event_type");
        }
        JsonNode data = payload.path("data");
        JsonNode answers = data.path("submission").path("fields");
        if (!answers.isObject()) {
            throw new UnreadableBodyException("data.submission.fields must be an object");
        }
        var fields = new LeadFields();
        Questions.answers(fields, answers);
        String id = Paths.text(data, "submission.id");
        fields.put(LeadField.SUBMITTED_AT, Paths.text(data, "metadata.submitted_at"));
        fields.putIfAbsent(LeadField.USER_IP, Paths.text(data, "metadata.ip"));
        fields.putIfAbsent(LeadField.USER_AGENT, Paths.text(data, "metadata.user_agent"));
        fields.putIfAbsent(LeadField.PROJECT_NAME, Paths.text(data, "form.name"));
        return Submitted.through("FilaForms", fields, id, payload, source);
    }
}
