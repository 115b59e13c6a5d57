package io.headwater.command.intake;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// One submission as a provider or caller told it, before it is judged.
///
/// @param providerId what the provider calls it, for recognising repeats; null: it does not say
/// @param payload a complete body of the provider, narrowed to this submission
/// @param flaw why it cannot be used as it is: it is quarantined; null: nothing was found yet
public record SubmissionItem(
        LeadFields fields, @Nullable String providerId, JsonNode payload, @Nullable Flaw flaw) {

    /// @param code slug of a [io.headwater.command.platform.web.ProblemType]
    /// @param detail one sentence without personal data
    public record Flaw(String code, String detail) {}

    public SubmissionItem(LeadFields fields, @Nullable String providerId, JsonNode payload) {
        this(fields, providerId, payload, null);
    }

    /// @return what may be kept of it
    public SubmissionItem without(Redaction secrets) {
        return new SubmissionItem(
                fields.changed(secrets::inText), providerId, secrets.of(payload), flaw);
    }
}
