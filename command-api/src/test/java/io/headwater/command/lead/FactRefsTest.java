package io.headwater.command.lead;

import static io.headwater.schema.SampleEvents.fact;
import static io.headwater.schema.SampleEvents.submission;
import static org.assertj.core.api.Assertions.assertThat;

import io.headwater.events.lead.EraseRequested;
import io.headwater.events.lead.FactAttributed;
import io.headwater.events.lead.FactRecorded;
import io.headwater.events.lead.ProviderFact;
import io.headwater.schema.PersonalData;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Facts that name nobody find their lead by what they are about.
@SuppressWarnings("NullAway.Init")
class FactRefsTest {

    @TempDir private Path folder;
    private LeadDriver driver;

    @BeforeEach
    void open() {
        driver = new LeadDriver(folder);
    }

    @AfterEach
    void close() {
        driver.close();
    }

    private static ProviderFact.Builder nobodys(String id, String kind, String ref) {
        return fact().setFactId("stripe:" + id)
                .setSourceId("s1")
                .setProvider("stripe")
                .setKind(kind)
                .setExternalRef(ref)
                .setPreviousRef(null)
                .setLeadRef(null)
                .setEmail(null)
                .setPhone(null);
    }

    private static ProviderFact payment() {
        return nobodys("p", "payment_succeeded", "pi_9")
                .setEmail(PersonalData.of("payer@example.test"))
                .setAmountMinor(5000L)
                .setCurrency("EUR")
                .build();
    }

    private static ProviderFact refund() {
        return nobodys("r", "payment_refunded", "re_9")
                .setPreviousRef("pi_9")
                .setAmountMinor(5000L)
                .setCurrency("EUR")
                .build();
    }

    private void payerSubmits() {
        driver.capture(submission().setEmail(PersonalData.of("payer@example.test")).build());
    }

    @Test
    void aRefundIsThatOfItsPaymentsLead() {
        payerSubmits();
        driver.record(payment());

        var refunded = driver.record(refund());

        assertThat(refunded.result().getAggregateId()).isNotNull();
    }

    @Test
    void aRefundThatComesFirstFollowsItsPayment() {
        payerSubmits();
        assertThat(driver.record(refund()).result().getAggregateId()).isNull();

        var paid = driver.record(payment());

        assertThat(paid.events()).hasAtLeastOneElementOfType(FactRecorded.class);
        assertThat(paid.events())
                .filteredOn(FactAttributed.class::isInstance)
                .singleElement()
                .satisfies(event ->
                        assertThat(((FactAttributed) event).getFactId()).isEqualTo("stripe:r"));
    }

    @Test
    void anErasureNamesTheLeadAsItsSourceCallsIt() {
        driver.capture(submission().setSourceId("li-1").setExternalId("hw7c1f-9").build());

        var other =
                driver.record(
                        nobodys("e1", "erase_requested", "hw7c1f-9").setSourceId("li-2").build());
        var asked =
                driver.record(
                        nobodys("e2", "erase_requested", "hw7c1f-9").setSourceId("li-1").build());

        assertThat(other.events()).noneMatch(EraseRequested.class::isInstance);
        assertThat(asked.events()).hasAtLeastOneElementOfType(EraseRequested.class);
    }
}
