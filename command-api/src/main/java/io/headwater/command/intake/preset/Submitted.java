package io.headwater.command.intake.preset;

import io.headwater.command.intake.LeadField;
import io.headwater.command.intake.LeadFields;
import io.headwater.command.intake.SubmissionItem;
import io.headwater.command.intake.mapping.FieldMapping;
import io.headwater.command.intake.provider.Normalised;
import io.headwater.command.intake.provider.Notification;
import io.headwater.command.platform.directory.SourceConfig;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// What every preset does last with the fields of one submission: name the lead's source where the
/// body named none, and follow the administrator's mapping, which counts more than anything else.
final class Submitted {

    /// Option of a source: what stands as the source of its leads.
    static final String LEAD_SOURCE = "lead_source";

    /// Option of a source: what its consents are for where the body does not say.
    static final String CONSENT_PURPOSES = "consent_purposes";

    private Submitted() {}

    /// @param provider its own name, as people write it
    /// @param id the provider's of this submission; null: it gives none, and only a mapped
    ///   `external_id` tells repeats
    /// @param body complete, narrowed to this submission; mapped paths start here
    static Normalised through(
            String provider,
            LeadFields fields,
            @Nullable String id,
            JsonNode body,
            SourceConfig source) {
        return through(provider, fields, id, body, body, source);
    }

    /// @param element of a batch, where mapped paths start
    static Normalised through(
            String provider,
            LeadFields fields,
            @Nullable String id,
            JsonNode element,
            JsonNode body,
            SourceConfig source) {
        fields.putIfAbsent(LeadField.EXTERNAL_ID, id);
        fields.putIfAbsent(LeadField.LEAD_SOURCE, source.options().get(LEAD_SOURCE));
        fields.putIfAbsent(LeadField.LEAD_SOURCE, provider);
        fields.putIfAbsent(LeadField.CONSENT_PURPOSES, source.options().get(CONSENT_PURPOSES));
        new FieldMapping(source.mapping()).applyTo(fields, element);
        String providerId = id != null ? id : fields.get(LeadField.EXTERNAL_ID);
        return Normalised.submission(new SubmissionItem(fields, providerId, body));
    }

    /// Of a provider that tells ids and is asked for the rest: thin until it has answered.
    ///
    /// @param id of this submission, for telling repeats
    /// @param element where mapped paths start
    static Normalised notified(
            String provider,
            LeadFields fields,
            String id,
            JsonNode element,
            Notification notification,
            SourceConfig source) {
        var whole = through(provider, fields, id, element, notification.payload(), source);
        return notification.isHydrated() || fields.flag(LeadField.TEST)
                ? whole
                : Normalised.submission(SubmissionItem.thin(fields, id, notification.payload()));
    }
}
