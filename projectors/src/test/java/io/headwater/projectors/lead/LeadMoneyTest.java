package io.headwater.projectors.lead;

import static io.headwater.schema.SampleEvents.LEAD;
import static io.headwater.schema.SampleEvents.leadCaptured;
import static io.headwater.schema.SampleEvents.submission;
import static io.headwater.schema.SampleLife.AT;
import static io.headwater.schema.SampleLife.OTHER_LEAD;
import static org.assertj.core.api.Assertions.assertThat;

import io.headwater.events.lead.FactAttributed;
import io.headwater.events.lead.FactRecorded;
import io.headwater.events.lead.LeadStageChanged;
import io.headwater.schema.SampleEvents;
import io.headwater.schema.SampleLife;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LeadMoneyTest {

    @TempDir private Path folder;
    private LeadViews views;

    @BeforeEach
    void captured() {
        views = new LeadViews(folder).send(leadCaptured());
    }

    @AfterEach
    void close() {
        views.close();
    }

    @Test
    void currenciesDoNotHideEachOther() {
        views.send(SampleLife.won(100, "EUR", 2).build(), SampleLife.won(70, "JPY", 3).build());

        assertThat(revenue("EUR")).isEqualTo(100);
        assertThat(revenue("JPY")).isEqualTo(70);
    }

    @Test
    void dealToldByHandAndPaidIsOneDeal() {
        views.send(
                SampleLife.won(100, "EUR", 2).build(),
                fact("p1", "payment_succeeded", "charge-1", 60),
                fact("p2", "payment_succeeded", "charge-2", 60));

        assertThat(views.money(LEAD, "EUR").getWonMinor()).isEqualTo(100);
        assertThat(views.money(LEAD, "EUR").getPaidMinor()).isEqualTo(120);
        assertThat(revenue("EUR")).isEqualTo(120);
    }

    /// Two events about one charge: the larger is the whole of it.
    @Test
    void paymentToldTwiceCountsOnce() {
        views.send(
                fact("p1", "payment_succeeded", "charge-1", 60),
                fact("p2", "payment_succeeded", "charge-1", 60));

        assertThat(revenue("EUR")).isEqualTo(60);
    }

    @ParameterizedTest
    @CsvSource({
        "payment_refunded, 70",
        "refund_failed,    100",
        "dispute_lost,     70",
        "dispute_opened,   100"
    })
    void whatWentBackIsTakenOff(String kind, long left) {
        views.send(
                fact("p1", "payment_succeeded", "charge-1", 100), fact("r1", kind, "charge-1", 30));

        assertThat(revenue("EUR")).isEqualTo(left);
    }

    @Test
    void refundThatFailedComesBack() {
        views.send(
                fact("p1", "payment_succeeded", "charge-1", 100),
                fact("r1", "payment_refunded", "charge-1", 100),
                fact("r2", "refund_failed", "charge-1", 100));

        assertThat(revenue("EUR")).isEqualTo(100);
    }

    @Test
    void refundByHandIsTakenOffUntilItIsTakenBack() {
        views.send(SampleLife.won(100, "EUR", 2).build(), SampleLife.refund("r", 40, 3).build());
        assertThat(revenue("EUR")).isEqualTo(60);

        views.send(SampleLife.refund("r", 40, 4).setReversed(true).build());

        assertThat(revenue("EUR")).isEqualTo(100);
    }

    @Test
    void lastWinAndQuoteCountWheneverTheyAreTold() {
        views.send(
                SampleLife.quoted(200, "EUR", 2).setAt(AT.plusSeconds(60)).build(),
                SampleLife.quoted(150, "EUR", 3).build(),
                SampleLife.won(180, "EUR", 4).build());

        assertThat(views.money(LEAD, "EUR").getQuotedMinor()).isEqualTo(200);
        assertThat(views.lead().getQuotes()).isEqualTo(2);
        assertThat(views.lead().getQuotedAt()).isEqualTo(AT.plusSeconds(60));
    }

    @Test
    void reopenedLeadHasNotWon() {
        views.send(SampleLife.won(100, "EUR", 2).build(), reopened(3));

        assertThat(views.money(LEAD, "EUR").getWonMinor()).isNull();
        assertThat(revenue("EUR")).isZero();
        assertThat(views.lead().getWonAt()).isNull();
    }

    @Test
    void winAfterAReopenCountsOnceAndRefundsByHandStayWithTheLead() {
        views.send(
                SampleLife.won(100, "EUR", 2).build(),
                SampleLife.won(70, "JPY", 3).build(),
                SampleLife.refund("r", 40, 4).build(),
                reopened(5));
        assertThat(revenue("EUR")).isZero();
        assertThat(revenue("JPY")).isZero();
        assertThat(views.money(LEAD, "EUR").getRefundedByHandMinor()).isEqualTo(40);

        views.send(SampleLife.won(120, "EUR", 6).build());
        assertThat(revenue("EUR")).isEqualTo(80);
        assertThat(revenue("JPY")).isZero();

        views.send(SampleLife.refund("r", 40, 7).setReversed(true).build());
        assertThat(views.money(LEAD, "EUR").getWonMinor()).isEqualTo(120);
        assertThat(revenue("EUR")).isEqualTo(120);
    }

    @Test
    void refundTakenBackWhileReopenedIsGoneWhenTheLeadWinsAgain() {
        views.send(
                SampleLife.won(100, "EUR", 2).build(),
                SampleLife.refund("r", 40, 3).build(),
                reopened(4),
                SampleLife.refund("r", 40, 5).setReversed(true).build());
        assertThat(revenue("EUR")).isZero();

        views.send(SampleLife.won(100, "EUR", 6).build());

        assertThat(revenue("EUR")).isEqualTo(100);
    }

    @Test
    void reopenLeavesWhatProvidersToldOf() {
        views.send(
                SampleLife.won(100, "EUR", 2).build(),
                fact("p", "payment_succeeded", "charge-1", 60),
                SampleLife.refund("r", 10, 3).build(),
                reopened(4));

        assertThat(revenue("EUR")).isEqualTo(50);
    }

    @Test
    void reopenOfTheOneThatStandsForItTakesTheWinBackUntilItIsGivenBack() {
        views.send(
                leadCaptured(OTHER_LEAD, submission().setSubmissionId("other").build()),
                SampleLife.won(100, "EUR", 2).build(),
                SampleLife.merged(3),
                SampleLife.absorbed(2),
                LeadStageChanged.newBuilder(reopened(3)).setLeadId(OTHER_LEAD).build());
        assertThat(views.money(OTHER_LEAD, "EUR").getRevenueMinor()).isZero();
        assertThat(revenue("EUR")).isEqualTo(100);

        views.send(SampleLife.unmerged(4), SampleLife.released(4));
        assertThat(revenue("EUR")).isEqualTo(100);
        views.send(SampleLife.merged(5), SampleLife.absorbed(5));

        assertThat(views.money(OTHER_LEAD, "EUR").getRevenueMinor()).isEqualTo(100);
    }

    @Test
    void testPaymentsAreWorthNothing() {
        var test =
                SampleEvents.fact()
                        .setFactId("t")
                        .setKind("payment_succeeded")
                        .setAmountMinor(5L)
                        .setCurrency("USD")
                        .setTest(true)
                        .build();

        views.send(
                new FactRecorded(SampleLife.meta(LEAD, 2), test, LEAD),
                SampleLife.won(1, "EUR", 3).build());

        assertThat(views.lead().getFacts()).isEqualTo(1);
        assertThat(revenue("EUR")).isEqualTo(1);
    }

    @Test
    void paymentCountsWhenItsLeadAppears() {
        views.send(
                recorded("p", "payment_succeeded", "charge-1", 80, null),
                new FactAttributed(SampleLife.meta("p", 2), "p", LEAD, null));

        assertThat(revenue("EUR")).isEqualTo(80);
    }

    @Test
    void mergedLeadIsWorthSomethingForTheOneThatStandsForIt() {
        views.send(
                leadCaptured(OTHER_LEAD, submission().setSubmissionId("other").build()),
                SampleLife.won(100, "EUR", 2).build(),
                SampleLife.merged(3),
                SampleLife.absorbed(2));
        assertThat(views.money(OTHER_LEAD, "EUR").getRevenueMinor()).isEqualTo(100);

        views.send(fact("p", "payment_succeeded", "charge-1", 150));
        assertThat(views.money(OTHER_LEAD, "EUR").getRevenueMinor()).isEqualTo(150);

        views.send(SampleLife.unmerged(5), SampleLife.released(3));
        assertThat(views.money(OTHER_LEAD, "EUR").getRevenueMinor()).isZero();
        assertThat(revenue("EUR")).isEqualTo(150);
    }

    private static LeadStageChanged reopened(long sequence) {
        return SampleLife.stageChanged("won", "new", sequence).setCause("reopen").build();
    }

    private long revenue(String currency) {
        return views.money(LEAD, currency).getRevenueMinor();
    }

    private static FactRecorded fact(String id, String kind, String ref, long amount) {
        return recorded(id, kind, ref, amount, LEAD);
    }

    private static FactRecorded recorded(
            String id, String kind, String ref, long amount, @Nullable String leadId) {
        var fact =
                SampleEvents.fact()
                        .setFactId(id)
                        .setKind(kind)
                        .setExternalRef(ref)
                        .setAmountMinor(amount)
                        .setCurrency("EUR")
                        .build();
        return new FactRecorded(SampleLife.meta(id, 1), fact, leadId);
    }
}
