package io.headwater.life;

import static io.headwater.life.Notes.at;
import static io.headwater.life.Notes.inEveryOrder;
import static io.headwater.life.Notes.money;
import static org.assertj.core.api.Assertions.assertThat;

import io.headwater.events.lead.ProviderFact;
import io.headwater.schema.SampleEvents;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import org.junit.jupiter.api.Test;

class MoneyTest {

    private static Money euros(FactNote... facts) {
        return Money.of(List.of(facts), "EUR");
    }

    @Test
    void paymentThatSeveralEventsTellCountsOnce() {
        var paid =
                euros(
                        money("evt1", "payment_succeeded", "pi_1", 5000, 1),
                        money("evt2", "payment_succeeded", "pi_1", 5000, 2),
                        money("evt3", "payment_succeeded", "pi_2", 700, 3));
        assertThat(paid.paid()).isEqualTo(5700);
    }

    @Test
    void everySumStandsByItself() {
        var facts =
                List.of(
                        money("1", "payment_succeeded", "pi_1", 5000, 1),
                        money("2", "payment_refunded", "re_1", 1000, 2),
                        money("2b", "payment_refunded", "re_1", 1000, 2),
                        money("3", "payment_refunded", "re_2", 500, 3),
                        money("4", "refund_failed", "re_2", 500, 4),
                        money("5", "dispute_opened", "pi_1", 3000, 5),
                        money("6", "dispute_lost", "pi_1", 3000, 6),
                        money("7", FactNote.REFUNDED, "pi_1", 200, 7));
        var seen = new HashSet<Money>();
        inEveryOrder(facts, order -> seen.add(Money.of(order, "EUR")));
        assertThat(seen).containsExactly(new Money(0, 5000, 1000, 500, 3000, 0, 3000, 200));
        assertThat(seen.iterator().next().refundable()).isEqualTo(5000 - 1000 - 3000 - 200);
    }

    @Test
    void refundOfOneNamespaceHidesNoneOfAnother() {
        var sums =
                euros(
                        money("1", FactNote.REFUNDED, "r-1", 100, 1),
                        money("2", "payment_refunded", "r-1", 300, 2),
                        money("3", FactNote.REFUND_REVERSED, "r-1", 100, 3));
        assertThat(sums.refundedByHand()).isZero();
        assertThat(sums.refunded()).isEqualTo(300);
    }

    @Test
    void currenciesAreNotAddedUp() {
        var dollars = new FactNote("2", "payment_succeeded", "b", null, 7L, "USD", null, at(1));
        var all = Money.of(List.of(money("1", "payment_succeeded", "a", 5, 1), dollars));
        assertThat(all.keySet()).containsExactly("EUR", "USD");
        assertThat(all).hasEntrySatisfying("USD", sums -> assertThat(sums.paid()).isEqualTo(7));
    }

    @Test
    void absurdAmountsOfFactsAreCappedAndNoSumOverflows() {
        var facts = new ArrayList<FactNote>();
        for (int i = 0; i < Facts.MOST; i++) {
            facts.add(FactNote.of(payment(i, Long.MAX_VALUE)));
        }
        assertThat(facts.getFirst().amountMinor()).isEqualTo(FactNote.MOST_MINOR);
        assertThat(FactNote.of(payment(1, Long.MIN_VALUE)).amountMinor())
                .isEqualTo(-FactNote.MOST_MINOR);
        assertThat(Money.of(facts, "EUR").paid()).isEqualTo(Facts.MOST * FactNote.MOST_MINOR);
    }

    private static ProviderFact payment(int number, long amount) {
        return SampleEvents.fact()
                .setFactId("stripe:" + number)
                .setKind("payment_succeeded")
                .setExternalRef("pi_" + number)
                .setAmountMinor(amount)
                .setCurrency("EUR")
                .build();
    }

    @Test
    void newestFactsAreKeptWhateverTheirOrder() {
        var facts = new ArrayList<FactNote>();
        for (int i = 0; i < Facts.MOST + 2; i++) {
            facts.add(money("f" + i, "payment_succeeded", "p" + i, 1, i));
        }
        var forwards = Facts.NONE;
        for (var fact : facts) {
            forwards = forwards.and(fact);
        }
        var backwards = Facts.NONE;
        for (var fact : facts.reversed()) {
            backwards = backwards.and(fact);
        }
        assertThat(forwards).isEqualTo(backwards);
        assertThat(forwards.notes()).hasSize(Facts.MOST).doesNotContain(facts.get(0), facts.get(1));
    }
}
