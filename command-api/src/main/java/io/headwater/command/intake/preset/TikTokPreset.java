package io.headwater.command.intake.preset;

import io.headwater.command.intake.LeadField;
import io.headwater.command.intake.LeadFields;
import io.headwater.command.intake.mapping.Paths;
import io.headwater.command.intake.provider.Delivery;
import io.headwater.command.intake.provider.Elements;
import io.headwater.command.intake.provider.Normalised;
import io.headwater.command.intake.provider.ProviderPreset;
import io.headwater.command.platform.directory.SourceConfig;
import io.headwater.command.platform.web.body.UnreadableBodyException;
import java.util.List;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;

/// TikTok lead generation: up to 1000 leads in one delivery, told in full, and never to be had
/// again. Other products send to the same URL and say so in `object`. Nothing marks a test.
///
/// source: business-api.tiktok.com, "Lead webhooks"
@Component
final class TikTokPreset implements ProviderPreset {

    @Override
    public String name() {
        return "tiktok";
    }

    @Override
    public List<String> schemes() {
        return List.of("tiktok");
    }

    @Override
    public Normalised normalise(JsonNode payload, Delivery delivery, SourceConfig source) {
        String object = Paths.text(payload, "object");
        return object != null && !object.equals("1")
                ? Normalised.ignored("object")
                : Elements.each(
                        payload, List.of("entry"), (entry, body) -> lead(entry, body, source));
    }

    private static Normalised lead(JsonNode entry, JsonNode body, SourceConfig source) {
        String id = AdIds.first(entry, "id");
        if (id == null || !entry.path("changes").isArray()) {
            throw new UnreadableBodyException("entry.id or entry.changes is missing");
        }
        var fields = new LeadFields();
        fields.put(LeadField.SUBMITTED_AT, Paths.text(entry, "create_time"));
        fields.put(LeadField.UTM_CAMPAIGN, AdIds.first(entry, "campaign_name", "campaign_id"));
        fields.put(LeadField.UTM_CONTENT, AdIds.first(entry, "ad_name", "ad_id"));
        var answered = new Answered(fields);
        for (JsonNode change : entry.path("changes")) {
            answered.add(Paths.text(change, "field"), Paths.text(change, "value"));
        }
        return Submitted.through("TikTok", fields, id, answered.besides(entry), body, source);
    }
}
