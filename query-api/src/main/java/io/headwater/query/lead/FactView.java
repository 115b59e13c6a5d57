package io.headwater.query.lead;

import io.headwater.query.platform.access.Mask;
import io.headwater.query.platform.access.Personal;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// An appointment or a payment that a provider told.
///
/// @param leadId null while it is attributed to none
/// @param amountMinor in the currency's minor unit
record FactView(
        String factId,
        @Nullable String leadId,
        String provider,
        String kind,
        @Nullable String email,
        @Nullable String fullName,
        @Nullable Long amountMinor,
        @Nullable String currency,
        @Nullable Instant startsAt,
        boolean test,
        Instant occurredAt,
        Instant receivedAt)
        implements Personal<FactView> {

    static final String COLUMNS =
            """
            fact_id, lead_id, provider, kind, email, full_name, amount_minor, currency, starts_at,
            test, occurred_at, received_at
            """;

    @Override
    public FactView masked() {
        return new FactView(
                factId,
                leadId,
                provider,
                kind,
                Mask.email(email),
                fullName,
                amountMinor,
                currency,
                startsAt,
                test,
                occurredAt,
                receivedAt);
    }
}
