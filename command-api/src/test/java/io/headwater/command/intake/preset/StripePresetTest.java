package io.headwater.command.intake.preset;

import static io.headwater.command.intake.preset.Deliveries.normalised;
import static io.headwater.command.intake.preset.Deliveries.source;
import static io.headwater.command.intake.preset.Deliveries.utf8;
import static org.assertj.core.api.Assertions.assertThat;

import io.headwater.command.intake.FactItem;
import io.headwater.command.intake.provider.Normalised;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StripePresetTest {

    private final StripePreset preset = new StripePreset();

    @Test
    void aChargeIsMoneyInMinorUnits() {
        FactItem fact = normalised(preset, "stripe/charge-succeeded.json").facts().getFirst();

        assertThat(fact.factId()).isEqualTo("evt_hw_1");
        assertThat(fact.kind()).isEqualTo("payment_succeeded");
        assertThat(fact.externalRef()).isEqualTo("pi_hw_1");
        assertThat(fact.amountMinor()).isEqualTo(22200);
        assertThat(fact.currency()).isEqualTo("EUR");
        assertThat(fact.email()).isEqualTo("Ada@Example.test");
        assertThat(fact.leadRef()).isEqualTo("main_019aa1b0000070008000000000000001");
        assertThat(fact.test()).isFalse();
        assertThat(fact.occurredAt()).isEqualTo(Instant.ofEpochSecond(1795222000));
    }

    @Test
    void aRefundIsItsOwnPartOfTheSum() {
        FactItem fact = normalised(preset, "stripe/charge-refunded.json").facts().getFirst();

        assertThat(fact.kind()).isEqualTo("payment_refunded");
        assertThat(fact.amountMinor()).isEqualTo(3000);
        assertThat(fact.externalRef()).isEqualTo("pi_hw_1");
    }

    @Test
    void aRefundMayFailLater() {
        FactItem fact = normalised(preset, "stripe/refund-failed.json").facts().getFirst();

        assertThat(fact.kind()).isEqualTo("refund_failed");
        assertThat(fact.amountMinor()).isEqualTo(30);
        assertThat(fact.test()).isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "checkout.session.completed, payment_status, paid, amount_total, payment_succeeded",
        "payment_intent.succeeded, status, succeeded, amount_received, payment_succeeded",
        "invoice.paid, status, paid, amount_paid, payment_succeeded",
        "charge.dispute.created, status, needs_response, amount, dispute_opened"
    })
    void knowsTheOtherEvents(String type, String member, String value, String amount, String kind) {
        var fact = event(type, member, value, amount);

        assertThat(fact.facts()).singleElement().extracting(FactItem::kind).isEqualTo(kind);
        assertThat(fact.facts().getFirst().amountMinor()).isEqualTo(500);
    }

    @ParameterizedTest
    @CsvSource({
        "checkout.session.completed, payment_status, unpaid, not_paid",
        "charge.refund.updated, status, succeeded, refund_unchanged",
        "customer.created, status, x, event_type"
    })
    void ignoresWhatMeansNoMoney(String type, String member, String value, String reason) {
        assertThat(event(type, member, value, "amount").ignored()).containsExactly(reason);
    }

    @Test
    void dashboardTestsAreToldApart() {
        var source = source("stripe", Map.of(), "s");
        String event =
                "{\"id\":\"evt_00000000000000\",\"created\":%d,\"type\":\"charge.succeeded\",\"livemode\":false,\"data\":{\"object\":{\"id\":\"ch_1\",\"amount\":1,\"currency\":\"usd\"}}}";

        var first = normalised(preset, source, utf8(event.formatted(1)));
        var second = normalised(preset, source, utf8(event.formatted(2)));

        assertThat(first.facts().getFirst().factId())
                .isNotEqualTo(second.facts().getFirst().factId());
    }

    @ParameterizedTest
    @CsvSource({"500,EUR,500", "500,JPY,500", "500,ISK,5", "5,MGA,500", "1234,KWD,1234"})
    void countsAsIsoDoes(long stripe, String currency, long iso) {
        assertThat(MinorUnits.ofStripe(stripe, currency)).isEqualTo(iso);
    }

    private Normalised event(String type, String member, String value, String amount) {
        return normalised(
                preset,
                source("stripe", Map.of(), "s"),
                utf8(
                        """
                        {"id":"evt_x","type":"%s","livemode":true,"created":1795222000,
                         "data":{"object":{"id":"o_1","%s":"%s","%s":500,"currency":"usd"}}}\
                        """
                                .formatted(type, member, value, amount)));
    }
}
