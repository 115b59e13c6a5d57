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

/// Webflow form submissions. Answers stand under the labels of their inputs. Webhooks of version 1
/// have no envelope and shorter names: `site`, `d`, `_id`. What was made in the dashboard is not
/// signed: only webhooks made through the API are.
///
/// Any answer but 200 is a failure, and after three of them Webflow switches the webhook off.
///
/// source: developers.webflow.com, "Working with webhooks"; "Form submission" (v1, v2)
@Component
final class WebflowPreset implements ProviderPreset {

    @Override
    public String name() {
        return "webflow";
    }

    @Override
    public List<String> schemes() {
        return List.of("webflow", "secret-url");
    }

    @Override
    public Normalised normalise(JsonNode payload, Delivery delivery, SourceConfig source) {
        String trigger = Paths.text(payload, "triggerType");
        if (trigger != null && !trigger.equals("form_submission")) {
            return Normalised.ignored("event_type");
        }
        JsonNode form = payload.path("payload").isObject() ? payload.path("payload") : payload;
        if (!form.path("data").isObject()) {
            throw new UnreadableBodyException("data must be an object");
        }
        var fields = new LeadFields();
        Questions.answers(fields, form.path("data"));
        String id = Paths.first(form, "id", "_id");
        fields.put(LeadField.SUBMITTED_AT, Paths.first(form, "submittedAt", "d"));
        fields.putIfAbsent(LeadField.PROJECT_NAME, form.path("name"));
        Links.page(fields, Paths.text(form, "pageUrl"));
        return Submitted.through("Webflow", fields, id, payload, source);
    }
}
