package io.headwater.command.intake;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// One submission as a provider or caller told it, before it is judged.
///
/// @param providerId what the provider calls it, for recognising repeats; null: it does not say
/// @param payload what is kept of it, without secrets
public record SubmissionItem(LeadFields fields, @Nullable String providerId, JsonNode payload) {}
