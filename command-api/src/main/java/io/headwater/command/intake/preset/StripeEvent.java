package io.headwater.command.intake.preset;

import io.headwater.command.intake.FactItem;
import io.headwater.command.intake.mapping.Paths;
import io.headwater.command.platform.web.Timestamps;
import io.headwater.command.platform.web.body.UnreadableBodyException;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// One event of Stripe, and what every fact takes from it.
///
/// @param payload the whole event
record StripeEvent(JsonNode payload) {

    /// "Send test webhook" in the dashboard gives every event this id.
    private static final String DASHBOARD_TEST = "evt_00000000000000";

    String type() {
        return String.valueOf(Paths.text(payload, "type"));
    }

    JsonNode object() {
        return payload.path("data").path("object");
    }

    @Nullable String text(String path) {
        return Paths.text(object(), path);
    }

    @Nullable String first(String... paths) {
        return Paths.first(object(), paths);
    }

    boolean isTrue(String path) {
        return Paths.isTrue(object(), path);
    }

    /// @throws UnreadableBodyException when it has none
    String id() {
        String id = text("id");
        if (id == null) {
            throw new UnreadableBodyException("data.object.id is missing");
        }
        return id;
    }

    /// @return the payment that the object is, or is about; null: none, or it does not say
    @Nullable String payment() {
        return String.valueOf(text("object")).equals("payment_intent")
                ? id()
                : first(
                        "payment_intent",
                        "payment_intent.id",
                        "charge",
                        "charge.id",
                        "payments.data[0].payment.payment_intent",
                        "payments.data[0].payment.charge");
    }

    String paymentOr(String other) {
        String payment = payment();
        return payment == null ? other : payment;
    }

    /// Where whoever integrates Stripe may put our lead id.
    @Nullable String leadRef() {
        return LeadRefs.in(
                object(),
                "metadata.lead_id",
                "metadata.lead_ref",
                "client_reference_id",
                "subscription_details.metadata.lead_id",
                "parent.subscription_details.metadata.lead_id");
    }

    /// @return in ISO minor units of the object's currency; null without one of these members
    @Nullable Long amount(String... members) {
        return amountIn(object(), members);
    }

    @Nullable Long amountIn(JsonNode holder, String... members) {
        String currency = currency();
        for (String member : members) {
            JsonNode amount = holder.path(member);
            if (currency != null && amount.isIntegralNumber() && amount.canConvertToLong()) {
                return MinorUnits.ofStripe(amount.longValue(), currency);
            }
        }
        return null;
    }

    @Nullable String currency() {
        String currency = text("currency");
        return currency == null || !currency.matches("[A-Za-z]{3}")
                ? null
                : currency.toUpperCase(Locale.ROOT);
    }

    /// @param ref what the fact is about
    /// @throws UnreadableBodyException when the event has no id
    Fact fact(String kind, String ref) {
        String id = Paths.text(payload, "id");
        if (id == null) {
            throw new UnreadableBodyException("id is missing");
        }
        return new Fact(
                this,
                id.equals(DASHBOARD_TEST)
                        ? id + ":" + Paths.text(payload, "created") + ":" + id()
                        : id,
                kind,
                ref,
                null,
                null);
    }

    /// A fact in the making.
    record Fact(
            StripeEvent event,
            String factId,
            String kind,
            String ref,
            @Nullable String previousRef,
            @Nullable Long amountMinor) {

        /// @param id of one of several facts of this event
        Fact element(String id) {
            return new Fact(event, factId + ":" + id, kind, ref, previousRef, amountMinor);
        }

        Fact previous(@Nullable String what) {
            return new Fact(event, factId, kind, ref, what, amountMinor);
        }

        Fact amount(@Nullable Long minor) {
            return new Fact(event, factId, kind, ref, previousRef, minor);
        }

        FactItem item() {
            JsonNode payload = event.payload;
            return new FactItem(
                    factId,
                    kind,
                    ref,
                    event.first(
                            "customer_details.email",
                            "billing_details.email",
                            "receipt_email",
                            "customer_email",
                            "metadata.email"),
                    event.first(
                            "customer_details.phone",
                            "billing_details.phone",
                            "customer_phone",
                            "metadata.phone"),
                    event.first("customer_details.name", "billing_details.name", "customer_name"),
                    event.leadRef(),
                    amountMinor,
                    amountMinor == null ? null : event.currency(),
                    null,
                    previousRef,
                    payload.path("livemode").isBoolean() && !Paths.isTrue(payload, "livemode"),
                    Timestamps.parse(Paths.text(payload, "created")),
                    payload);
        }
    }
}
