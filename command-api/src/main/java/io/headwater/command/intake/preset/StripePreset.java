package io.headwater.command.intake.preset;

import io.headwater.command.intake.FactItem;
import io.headwater.command.intake.mapping.Paths;
import io.headwater.command.intake.provider.Delivery;
import io.headwater.command.intake.provider.Normalised;
import io.headwater.command.intake.provider.ProviderPreset;
import io.headwater.command.platform.directory.SourceConfig;
import io.headwater.command.platform.web.Timestamps;
import io.headwater.command.platform.web.body.UnreadableBodyException;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;

/// Stripe payments, as facts about a person. Order is not guaranteed and one payment is told by
/// several events: all of them name it by `external_ref`, the payment intent where there is one,
/// else the charge, so that a reader can count its money once.
///
/// source: Stripe API reference, "Event types"
@Component
final class StripePreset implements ProviderPreset {

    /// "Send test webhook" in the dashboard gives every event this id.
    private static final String DASHBOARD_TEST = "evt_00000000000000";

    @Override
    public String name() {
        return "stripe";
    }

    @Override
    public List<String> schemes() {
        return List.of("stripe");
    }

    @Override
    public Normalised normalise(JsonNode payload, Delivery delivery, SourceConfig source) {
        Paths.requireObject(payload);
        JsonNode object = payload.path("data").path("object");
        return switch (String.valueOf(Paths.text(payload, "type"))) {
            case "charge.succeeded" ->
                    object.path("captured").isBoolean() && !Paths.isTrue(object, "captured")
                            ? Normalised.ignored("not_captured")
                            : fact(payload, "payment_succeeded", "amount");
            case "payment_intent.succeeded" ->
                    fact(payload, "payment_succeeded", "amount_received");
            case "checkout.session.completed" ->
                    "paid".equals(Paths.text(object, "payment_status"))
                            ? fact(payload, "payment_succeeded", "amount_total")
                            : Normalised.ignored("not_paid");
            case "invoice.paid" -> fact(payload, "payment_succeeded", "amount_paid");
            case "charge.refunded" -> fact(payload, "payment_refunded", "amount_refunded");
            case "charge.refund.updated" ->
                    switch (String.valueOf(Paths.text(object, "status"))) {
                        case "failed", "canceled" -> fact(payload, "refund_failed", "amount");
                        default -> Normalised.ignored("refund_unchanged");
                    };
            case "charge.dispute.created" -> fact(payload, "dispute_opened", "amount");
            default -> Normalised.ignored("event_type");
        };
    }

    private static Normalised fact(JsonNode event, String kind, String amountMember) {
        JsonNode object = event.path("data").path("object");
        String id = Paths.text(event, "id");
        String objectId = Paths.text(object, "id");
        if (id == null || objectId == null) {
            throw new UnreadableBodyException("id or data.object.id is missing");
        }
        String currency = upper(Paths.text(object, "currency"));
        Long amount = amount(event, amountMember);
        return Normalised.fact(
                new FactItem(
                        id.equals(DASHBOARD_TEST)
                                ? id + ":" + Paths.text(event, "created") + ":" + objectId
                                : id,
                        kind,
                        payment(object, objectId),
                        Paths.first(
                                object,
                                "customer_details.email",
                                "billing_details.email",
                                "receipt_email",
                                "customer_email",
                                "metadata.email"),
                        Paths.first(
                                object,
                                "customer_details.phone",
                                "billing_details.phone",
                                "customer_phone",
                                "metadata.phone"),
                        Paths.first(
                                object,
                                "customer_details.name",
                                "billing_details.name",
                                "customer_name"),
                        LeadRefs.in(
                                object,
                                "metadata.lead_id",
                                "metadata.lead_ref",
                                "client_reference_id"),
                        amount == null || currency == null
                                ? null
                                : MinorUnits.ofStripe(amount, currency),
                        currency,
                        null,
                        null,
                        event.path("livemode").isBoolean() && !Paths.isTrue(event, "livemode"),
                        Timestamps.parse(Paths.text(event, "created")),
                        event));
    }

    private static String payment(JsonNode object, String objectId) {
        String intent =
                Paths.first(object, "payment_intent", "payment_intent.id", "charge", "charge.id");
        return intent == null ? objectId : intent;
    }

    /// `amount_refunded` grows with each partial refund: the event's own part is the difference.
    private static @Nullable Long amount(JsonNode event, String member) {
        JsonNode now = event.path("data").path("object").path(member);
        JsonNode before = event.path("data").path("previous_attributes").path(member);
        if (!now.isIntegralNumber() || !now.canConvertToLong()) {
            return null;
        }
        boolean cumulative =
                member.equals("amount_refunded")
                        && before.isIntegralNumber()
                        && before.canConvertToLong();
        return now.longValue() - (cumulative ? before.longValue() : 0);
    }

    private static @Nullable String upper(@Nullable String currency) {
        return currency == null || !currency.matches("[A-Za-z]{3}")
                ? null
                : currency.toUpperCase(Locale.ROOT);
    }
}
