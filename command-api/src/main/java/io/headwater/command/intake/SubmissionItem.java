package io.headwater.command.intake;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// One submission as a provider or caller told it, before it is judged.
///
/// @param providerId what the provider calls it, for recognising repeats; null: it does not say
/// @param payload its part of the body
public record SubmissionItem(LeadFields fields, @Nullable String providerId, JsonNode payload) {

    /// @return what may be kept of it
    public SubmissionItem without(Redaction secrets) {
        return new SubmissionItem(fields.changed(secrets::inText), providerId, secrets.of(payload));
    }
}
