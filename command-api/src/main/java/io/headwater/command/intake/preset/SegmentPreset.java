package io.headwater.command.intake.preset;

import io.headwater.command.intake.LeadField;
import io.headwater.command.intake.LeadFields;
import io.headwater.command.intake.mapping.Paths;
import io.headwater.command.intake.provider.Delivery;
import io.headwater.command.intake.provider.Elements;
import io.headwater.command.intake.provider.Normalised;
import io.headwater.command.intake.provider.ProviderPreset;
import io.headwater.command.platform.directory.SourceConfig;
import java.util.List;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;

/// Segment calls, alone or in a `batch`: an `identify` is a submission, a `track` too where it
/// names a person; what people look at is not. Fields come from the traits, then from what the
/// event and its context say.
///
/// source: segment.com/docs, "Spec: identify, track, common fields"; "Webhooks destination"
@Component
final class SegmentPreset implements ProviderPreset {

    @Override
    public String name() {
        return "segment";
    }

    @Override
    public List<String> schemes() {
        return List.of("segment", "api-key");
    }

    @Override
    public Normalised normalise(JsonNode payload, Delivery delivery, SourceConfig source) {
        Paths.requireObject(payload);
        return payload.has("batch")
                ? Elements.each(
                        payload, List.of("batch"), (call, narrowed) -> call(call, narrowed, source))
                : call(payload, payload, source);
    }

    private static Normalised call(JsonNode call, JsonNode payload, SourceConfig source) {
        Paths.requireObject(call);
        return switch (String.valueOf(Paths.text(call, "type"))) {
            case "identify" -> person(fields(call), call, payload, source);
            case "track" -> {
                var fields = fields(call);
                yield fields.has(LeadField.EMAIL) || fields.has(LeadField.PHONE)
                        ? person(fields, call, payload, source)
                        : Normalised.ignored("nobody_named");
            }
            default -> Normalised.ignored("event_type");
        };
    }

    private static Normalised person(
            LeadFields fields, JsonNode call, JsonNode payload, SourceConfig source) {
        JsonNode context = call.path("context");
        fields.putIfAbsent(LeadField.CITY, Paths.text(call, "traits.address.city"));
        fields.putIfAbsent(LeadField.REGION, Paths.text(call, "traits.address.state"));
        fields.putIfAbsent(LeadField.COUNTRY, Paths.text(call, "traits.address.country"));
        fields.putIfAbsent(LeadField.USER_IP, context.path("ip"));
        fields.putIfAbsent(LeadField.USER_AGENT, context.path("userAgent"));
        fields.putIfAbsent(LeadField.TIMEZONE, context.path("timezone"));
        fields.putIfAbsent(LeadField.UTM_SOURCE, Paths.text(context, "campaign.source"));
        fields.putIfAbsent(LeadField.UTM_MEDIUM, Paths.text(context, "campaign.medium"));
        fields.putIfAbsent(LeadField.UTM_CAMPAIGN, Paths.text(context, "campaign.name"));
        fields.putIfAbsent(LeadField.UTM_TERM, Paths.text(context, "campaign.term"));
        fields.putIfAbsent(LeadField.UTM_CONTENT, Paths.text(context, "campaign.content"));
        fields.putIfAbsent(LeadField.REFERRED_BY, Paths.text(context, "page.referrer"));
        Links.page(fields, Paths.text(context, "page.url"));
        fields.put(
                LeadField.SUBMITTED_AT,
                Paths.first(call, "originalTimestamp", "timestamp", "sentAt", "receivedAt"));
        return Submitted.through(
                "Segment", fields, Paths.text(call, "messageId"), call, payload, source);
    }

    private static LeadFields fields(JsonNode call) {
        var fields = LeadFields.ofMembers(call.path("traits"));
        for (JsonNode more :
                List.of(call.path("properties"), call.path("context").path("traits"))) {
            more.properties()
                    .forEach(member -> {
                        LeadField field = LeadField.named(member.getKey());
                        if (field != null) {
                            fields.putIfAbsent(field, member.getValue());
                        }
                    });
        }
        return fields;
    }
}
