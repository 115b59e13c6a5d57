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
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;

/// Google Ads lead form assets. The shared key is a member of the body, so it is compared and never
/// kept. All test leads share one `lead_id`; they are marked by `is_test` and are no duplicates.
///
/// A lead form has no page and no UTM parameters: the campaign's id stands as `utm_campaign`.
///
/// source: developers.google.com/google-ads/webhook/docs
@Component
final class GoogleAdsPreset implements ProviderPreset {

    @Override
    public String name() {
        return "google-ads";
    }

    @Override
    public List<String> schemes() {
        return List.of("google-key");
    }

    @Override
    public Normalised normalise(JsonNode payload, Delivery delivery, SourceConfig source) {
        Paths.requireObject(payload);
        if (!payload.path("user_column_data").isArray()) {
            throw new UnreadableBodyException("user_column_data must be an array");
        }
        var fields = new LeadFields();
        fields.put(LeadField.GCLID, Paths.text(payload, "gcl_id"));
        fields.put(LeadField.UTM_CAMPAIGN, AdIds.first(payload, "campaign_id"));
        fields.put(LeadField.SUBMITTED_AT, Paths.text(payload, "lead_submit_time"));
        if (Paths.isTrue(payload, "is_test")) {
            fields.put(LeadField.TEST, "true");
        }
        var answered = new Answered(fields);
        for (JsonNode column : payload.path("user_column_data")) {
            String id = Paths.text(column, "column_id");
            String answer = Paths.text(column, "string_value");
            LeadField field = field(id);
            if (field != null) {
                fields.putIfAbsent(field, answer);
            }
            answered.add(id, answer);
        }
        return Submitted.through(
                "Google Ads",
                fields,
                Paths.first(payload, "lead_id"),
                answered.besides(payload),
                payload,
                source);
    }

    /// Other columns are questions of the advertiser.
    private static @Nullable LeadField field(@Nullable String columnId) {
        return columnId == null
                ? null
                : switch (columnId) {
                    case "FULL_NAME" -> LeadField.FULL_NAME;
                    case "FIRST_NAME" -> LeadField.FIRST_NAME;
                    case "LAST_NAME" -> LeadField.LAST_NAME;
                    case "EMAIL", "WORK_EMAIL" -> LeadField.EMAIL;
                    case "PHONE_NUMBER", "WORK_PHONE" -> LeadField.PHONE;
                    case "CITY" -> LeadField.CITY;
                    case "REGION" -> LeadField.REGION;
                    case "COUNTRY" -> LeadField.COUNTRY;
                    default -> null;
                };
    }
}
