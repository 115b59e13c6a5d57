package io.headwater.command.intake;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// One submission as a provider or caller told it, before it is judged.
///
/// @param providerId what the provider calls it, for recognising repeats; null: it does not say
/// @param payload a complete body of the provider, narrowed to this submission
/// @param flaw why it cannot be used as it is: it is quarantined; null: nothing was found yet
/// @param thin it names a lead and tells nothing of it: the provider is asked before it is judged
public record SubmissionItem(
        LeadFields fields,
        @Nullable String providerId,
        JsonNode payload,
        @Nullable Flaw flaw,
        boolean thin) {

    /// @param code slug of a [io.headwater.command.platform.web.ProblemType]
    /// @param detail one sentence without personal data
    public record Flaw(String code, String detail) {}

    public SubmissionItem(
            LeadFields fields, @Nullable String providerId, JsonNode payload, @Nullable Flaw flaw) {
        this(fields, providerId, payload, flaw, false);
    }

    public SubmissionItem(LeadFields fields, @Nullable String providerId, JsonNode payload) {
        this(fields, providerId, payload, null);
    }

    public static SubmissionItem thin(LeadFields fields, String providerId, JsonNode payload) {
        return new SubmissionItem(fields, providerId, payload, null, true);
    }

    /// @param why null: nothing is wrong
    public SubmissionItem flawed(@Nullable Flaw why) {
        return why == null ? this : new SubmissionItem(fields, providerId, payload, why, thin);
    }

    /// @return what may be kept of it
    public SubmissionItem without(Redaction secrets) {
        return new SubmissionItem(
                fields.changed(secrets::ofValue),
                providerId == null ? null : secrets.ofValue(providerId),
                secrets.of(payload),
                flaw,
                thin);
    }
}
