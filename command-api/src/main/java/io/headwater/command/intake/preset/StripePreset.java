package io.headwater.command.intake.preset;

import io.headwater.command.intake.mapping.Paths;
import io.headwater.command.intake.provider.Delivery;
import io.headwater.command.intake.provider.Normalised;
import io.headwater.command.intake.provider.ProviderPreset;
import io.headwater.command.platform.directory.SourceConfig;
import io.headwater.command.platform.web.body.Json;
import io.headwater.command.platform.web.body.UnreadableBodyException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/// Stripe payments, as facts about a person. Order is not guaranteed and one payment is told by
/// several events, so each fact names what it is about, and a reader counts each name once:
///
///     payment_succeeded   external_ref = payment intent, else charge, else invoice
///     payment_named       no money: whose a payment is that other events tell
///     payment_refunded    external_ref = refund,          previous_ref = payment
///     refund_failed       external_ref = refund: it did not happen after all
///     refund_total        external_ref = refunds:payment, previous_ref = payment: all of it so far
///     dispute_opened      external_ref = dispute,         previous_ref = payment; also …_won, …_lost
///
/// source: Stripe API reference, "Event types"; docs.stripe.com/refunds, docs.stripe.com/disputes
@Component
final class StripePreset implements ProviderPreset {

    private static final String REFUNDS = "data.object.refunds.data";

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
        var event = new StripeEvent(payload);
        return switch (event.type()) {
            case "charge.succeeded", "charge.captured" ->
                    event.object().path("captured").isBoolean() && !event.isTrue("captured")
                            ? Normalised.ignored("not_captured")
                            : paid(event, "amount_captured", "amount");
            case "payment_intent.succeeded" -> paid(event, "amount_received", "amount");
            case "checkout.session.completed", "checkout.session.async_payment_succeeded" ->
                    checkout(event);
            case "invoice.paid" -> invoice(event);
            case "charge.refunded" -> refunds(event);
            case "refund.created", "refund.updated", "refund.failed", "charge.refund.updated" ->
                    refund(event);
            case "charge.dispute.created",
                    "charge.dispute.closed",
                    "charge.dispute.funds_withdrawn",
                    "charge.dispute.funds_reinstated" ->
                    dispute(event);
            default -> Normalised.ignored("event_type");
        };
    }

    private static Normalised paid(StripeEvent event, String... amount) {
        String payment = event.payment();
        return Normalised.fact(
                event.fact("payment_succeeded", payment == null ? event.id() : payment)
                        .amount(event.amount(amount))
                        .item());
    }

    /// A subscription's session has no payment of its own: its money is told by the charge of its
    /// invoice, which in turn does not know whose it is.
    private static Normalised checkout(StripeEvent event) {
        String status = String.valueOf(event.text("payment_status"));
        if (status.equals("paid") && event.payment() != null) {
            return paid(event, "amount_total");
        }
        boolean later = event.text("subscription") != null || event.text("invoice") != null;
        return later && !status.equals("unpaid")
                ? named(event, event.first("invoice", "subscription"))
                : Normalised.ignored("not_paid");
    }

    /// Money that came another way (a transfer, cash) no charge tells.
    private static Normalised invoice(StripeEvent event) {
        if (event.payment() != null || event.isTrue("paid_out_of_band")) {
            return paid(event, "amount_paid");
        }
        return event.leadRef() == null
                ? Normalised.ignored("told_by_charge")
                : named(event, event.id());
    }

    private static Normalised named(StripeEvent event, @Nullable String ref) {
        return Normalised.fact(
                event.fact("payment_named", ref == null ? event.id() : ref)
                        .previous(event.first("customer", "customer.id"))
                        .item());
    }

    /// Until 2022 the charge lists its refunds; since then it tells only how much they are in all.
    private static Normalised refunds(StripeEvent event) {
        String payment = event.paymentOr(event.id());
        if (!Paths.at(event.payload(), REFUNDS).isArray()) {
            return Normalised.fact(
                    event.fact("refund_total", "refunds:" + payment)
                            .previous(payment)
                            .amount(event.amount("amount_refunded"))
                            .item());
        }
        var parts = new ArrayList<Normalised>();
        for (JsonNode refund : Paths.at(event.payload(), REFUNDS)) {
            var only = JsonNodeFactory.instance.arrayNode().add(refund);
            var narrowed = new StripeEvent(Paths.with(event.payload(), REFUNDS, only));
            parts.add(listed(narrowed, refund, payment));
        }
        return parts.isEmpty() ? Normalised.ignored("no_refund") : Normalised.all(parts);
    }

    private static Normalised listed(StripeEvent event, JsonNode refund, String payment) {
        String id = Json.text(refund.get("id"));
        String status = Paths.first(refund, "status");
        if (id == null) {
            throw new UnreadableBodyException("a refund without id");
        }
        if (status != null && !status.equals("succeeded")) {
            return Normalised.ignored("refund_" + (status.equals("pending") ? status : "failed"));
        }
        return Normalised.fact(
                event.fact("payment_refunded", id)
                        .element(id)
                        .previous(payment)
                        .amount(event.amountIn(refund, "amount"))
                        .item());
    }

    private static Normalised refund(StripeEvent event) {
        String kind =
                switch (String.valueOf(event.text("status"))) {
                    case "succeeded" -> "payment_refunded";
                    case "failed", "canceled" -> "refund_failed";
                    default -> null;
                };
        return kind == null ? Normalised.ignored("refund_pending") : about(event, kind);
    }

    /// An inquiry (`warning_…`) takes no money; when it becomes a dispute, funds are withdrawn.
    private static Normalised dispute(StripeEvent event) {
        String status = String.valueOf(event.text("status"));
        String kind =
                Map.of(
                                "charge.dispute.funds_withdrawn", "dispute_opened",
                                "charge.dispute.funds_reinstated", "dispute_won")
                        .get(event.type());
        if (kind == null && status.startsWith("warning_")) {
            return Normalised.ignored("inquiry");
        }
        if (kind == null) {
            kind =
                    event.type().endsWith(".created")
                            ? "dispute_opened"
                            : status.equals("lost") ? "dispute_lost" : "dispute_won";
        }
        return about(event, kind);
    }

    private static Normalised about(StripeEvent event, String kind) {
        return Normalised.fact(
                event.fact(kind, event.id())
                        .previous(event.payment())
                        .amount(event.amount("amount"))
                        .item());
    }
}
