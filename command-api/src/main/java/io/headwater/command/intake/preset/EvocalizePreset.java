package io.headwater.command.intake.preset;

import io.headwater.command.intake.FactItem;
import io.headwater.command.intake.LeadField;
import io.headwater.command.intake.LeadFields;
import io.headwater.command.intake.ToldConsent;
import io.headwater.command.intake.mapping.Paths;
import io.headwater.command.intake.provider.Delivery;
import io.headwater.command.intake.provider.Elements;
import io.headwater.command.intake.provider.Normalised;
import io.headwater.command.intake.provider.ProviderPreset;
import io.headwater.command.platform.directory.SourceConfig;
import io.headwater.command.platform.web.body.Json;
import io.headwater.command.platform.web.body.UnreadableBodyException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;

/// Evocalize passes on leads of Facebook, Google and TikTok, told in full, with their consents
/// (`leadFormDisclaimerResponses`). Its lead concierge sends events of another shape to the same
/// kind of endpoint: of those only that a person wants no more calls or texts counts.
///
/// source: Evocalize, "Webhook integration"
@Component
final class EvocalizePreset implements ProviderPreset {

    @Override
    public String name() {
        return "evocalize";
    }

    @Override
    public List<String> schemes() {
        return List.of("evocalize");
    }

    @Override
    public Normalised normalise(JsonNode payload, Delivery delivery, SourceConfig source) {
        return payload.has("leadConciergeData")
                ? concierge(payload)
                : Elements.each(
                        payload, List.of("leads"), (lead, body) -> lead(lead, body, source));
    }

    private static Normalised lead(JsonNode lead, JsonNode body, SourceConfig source) {
        String id = Paths.text(lead, "id");
        if (id == null) {
            throw new UnreadableBodyException("leads[].id is missing");
        }
        var fields = new LeadFields();
        fields.put(LeadField.EXTERNAL_ID, id);
        var answered = new Answered(fields);
        String platform = "Evocalize";
        for (var known : Platform.values()) {
            JsonNode told = lead.path(known.member);
            if (told.isObject()) {
                platform = known.title;
                read(fields, answered, told);
            }
        }
        fields.putIfAbsent(LeadField.UTM_CAMPAIGN, Paths.text(lead, "program.programName"));
        String key = Paths.first(lead, "idempotencyKey");
        return Submitted.through(
                platform, fields, key != null ? key : id, answered.besides(lead), body, source);
    }

    private static void read(LeadFields fields, Answered answered, JsonNode told) {
        JsonNode summary = told.path("summary");
        fields.put(LeadField.SUBMITTED_AT, Paths.text(summary, "createdAtEpochSeconds"));
        fields.put(LeadField.UTM_CAMPAIGN, AdIds.first(summary, "campaignId"));
        fields.put(LeadField.UTM_CONTENT, AdIds.first(summary, "adId", "creativeId"));
        fields.put(LeadField.GCLID, Paths.first(summary, "gclId"));
        for (JsonNode answer : told.path("leadForm")) {
            answered.add(Paths.text(answer, "name"), Json.text(answer.path("values")));
        }
        for (JsonNode consent : told.path("leadFormDisclaimerResponses")) {
            fields.add(
                    ToldConsent.of(
                            null,
                            Paths.text(consent, "consentText"),
                            Paths.text(consent, "isConsentChecked")));
        }
    }

    private static Normalised concierge(JsonNode payload) {
        String key = Paths.text(payload, "idempotencyKey");
        JsonNode data = payload.path("leadConciergeData");
        String status = String.valueOf(Paths.text(data, "currentStatus"));
        if (!status.startsWith("DNC_")) {
            return Normalised.ignored("lead_concierge");
        }
        if (key == null) {
            throw new UnreadableBodyException("idempotencyKey is missing");
        }
        return Normalised.fact(objection(key, Paths.text(data, "internalLeadId"), payload));
    }

    private static FactItem objection(String key, @Nullable String lead, JsonNode payload) {
        return new FactItem(
                key,
                "unsubscribed",
                lead,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                false,
                null,
                payload);
    }

    private enum Platform {
        FACEBOOK("facebook", "Meta Lead Ads"),
        GOOGLE("google", "Google Ads"),
        TIKTOK("tikTok", "TikTok");

        private final String member;
        private final String title;

        Platform(String member, String title) {
            this.member = member;
            this.title = title;
        }
    }
}
