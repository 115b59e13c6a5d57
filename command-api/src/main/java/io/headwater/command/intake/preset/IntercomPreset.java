package io.headwater.command.intake.preset;

import io.headwater.command.intake.LeadField;
import io.headwater.command.intake.LeadFields;
import io.headwater.command.intake.mapping.Paths;
import io.headwater.command.intake.provider.Answer;
import io.headwater.command.intake.provider.Delivery;
import io.headwater.command.intake.provider.Normalised;
import io.headwater.command.intake.provider.ProviderPreset;
import io.headwater.command.platform.directory.SourceConfig;
import io.headwater.command.platform.web.Timestamps;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;

/// Intercom notifications: a lead or user that appears is a submission, one that unsubscribes is a
/// fact. Signed with HMAC-SHA1 and the app's client secret; the URL is first asked by HEAD.
///
/// source: developers.intercom.com, "Webhook topics", "Signed notifications"
@Component
final class IntercomPreset implements ProviderPreset {

    @Override
    public String name() {
        return "intercom";
    }

    @Override
    public List<String> schemes() {
        return List.of("intercom");
    }

    /// Saving the webhook asks the URL by HEAD.
    @Override
    public @Nullable Answer handshake(Delivery delivery, SourceConfig source) {
        return delivery.method().equals("HEAD") ? Answer.EMPTY_OBJECT : null;
    }

    @Override
    public Normalised normalise(JsonNode payload, Delivery delivery, SourceConfig source) {
        Paths.requireObject(payload);
        return switch (String.valueOf(Paths.text(payload, "topic"))) {
            case "contact.lead.created",
                    "contact.user.created",
                    "contact.created",
                    "user.created" ->
                    contact(payload, source);
            case "contact.unsubscribed",
                    "contact.unsubscribed_from_sms",
                    "contact.lead.unsubscribed",
                    "user.unsubscribed" ->
                    unsubscribed(payload);
            case "ping" -> Normalised.ignored("ping");
            default -> Normalised.ignored("event_type");
        };
    }

    private static Normalised contact(JsonNode payload, SourceConfig source) {
        JsonNode item = payload.path("data").path("item");
        var fields = new LeadFields();
        fields.put(LeadField.EMAIL, Paths.text(item, "email"));
        fields.put(LeadField.PHONE, Paths.text(item, "phone"));
        fields.put(LeadField.FULL_NAME, Paths.text(item, "name"));
        fields.put(LeadField.CITY, Paths.text(item, "location.city"));
        fields.put(LeadField.REGION, Paths.text(item, "location.region"));
        fields.put(
                LeadField.COUNTRY, Paths.first(item, "location.country_code", "location.country"));
        fields.put(LeadField.UTM_SOURCE, Paths.text(item, "utm_source"));
        fields.put(LeadField.UTM_MEDIUM, Paths.text(item, "utm_medium"));
        fields.put(LeadField.UTM_CAMPAIGN, Paths.text(item, "utm_campaign"));
        fields.put(LeadField.UTM_TERM, Paths.text(item, "utm_term"));
        fields.put(LeadField.UTM_CONTENT, Paths.text(item, "utm_content"));
        fields.put(LeadField.REFERRED_BY, Paths.text(item, "referrer"));
        fields.put(LeadField.SUBMITTED_AT, Paths.text(item, "created_at"));
        Questions.answers(fields, item.path("custom_attributes"));
        // a lead that becomes a user keeps its id and is told again: by topic they are two
        String id = Paths.text(item, "id");
        fields.put(LeadField.EXTERNAL_ID, id);
        return Submitted.through(
                "Intercom",
                fields,
                id == null ? Paths.text(payload, "id") : Paths.text(payload, "topic") + ":" + id,
                payload,
                source);
    }

    private static Normalised unsubscribed(JsonNode payload) {
        JsonNode item = payload.path("data").path("item");
        return Unsubscribed.fact(
                Paths.text(payload, "id"),
                Paths.text(payload, "topic"),
                Paths.first(item, "email", "contact.email", "user.email"),
                Paths.first(item, "phone", "contact.phone", "user.phone"),
                Paths.first(item, "name", "contact.name", "user.name"),
                Timestamps.parse(Paths.text(payload, "created_at")),
                payload);
    }
}
