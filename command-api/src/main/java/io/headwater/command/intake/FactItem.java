package io.headwater.command.intake;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// One appointment or payment as a provider told it; members as in `ProviderFact.avsc`.
///
/// @param factId unique within the provider: its id of the event
/// @param email as told, or null
/// @param phone as told, or null
/// @param occurredAt by the provider's clock; null: it did not say, or not believably
/// @param payload the body that told it
public record FactItem(
        String factId,
        String kind,
        @Nullable String externalRef,
        @Nullable String email,
        @Nullable String phone,
        @Nullable String fullName,
        @Nullable String leadRef,
        @Nullable Long amountMinor,
        @Nullable String currency,
        @Nullable Instant startsAt,
        @Nullable String previousRef,
        boolean test,
        @Nullable Instant occurredAt,
        JsonNode payload) {

    /// @return what may be kept of it
    public FactItem without(Redaction secrets) {
        return new FactItem(
                secrets.ofValue(factId),
                kind,
                clean(externalRef, secrets),
                clean(email, secrets),
                clean(phone, secrets),
                clean(fullName, secrets),
                clean(leadRef, secrets),
                amountMinor,
                currency,
                startsAt,
                clean(previousRef, secrets),
                test,
                occurredAt,
                secrets.of(payload));
    }

    private static @Nullable String clean(@Nullable String text, Redaction secrets) {
        return text == null ? null : secrets.ofValue(text);
    }
}
