package io.headwater.projectors.platform.privacy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.headwater.schema.Topics;
import io.headwater.views.LeadMoneyRow;
import io.headwater.views.LeadTimelineRow;
import io.headwater.views.SubmissionRow;
import io.headwater.views.WebhookRow;
import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;
import org.junit.jupiter.api.Test;

class PersonalColumnsTest {

    @Test
    void everyViewSaysWhosePersonalDataItShows() {
        var rows =
                Topics.projections().stream()
                        .flatMap(name -> Topics.view(name, 1).schemas().stream())
                        .toList();

        assertThat(rows.stream().flatMap(row -> PersonalColumns.of(row).stream()))
                .extracting(PersonalColumns::table)
                .contains("leads", "submissions", "lead_timeline", "lead_consents", "webhooks");
        assertThat(PersonalColumns.of(LeadMoneyRow.getClassSchema())).isEmpty();
    }

    /// A request may have brought many: its id finds the request and not the people.
    @Test
    void aRequestIsLookedForOnlyWhereNobodyIsNamed() {
        assertThat(PersonalColumns.of(SubmissionRow.getClassSchema()).orElseThrow().people())
                .contains("lead_id", "submission_id")
                .doesNotContain("receipt_id", "session_id");
        assertThat(PersonalColumns.of(WebhookRow.getClassSchema()).orElseThrow().people())
                .containsExactly("receipt_id");
    }

    @Test
    void clearsWhatIsNotClearYet() {
        assertThat(
                        PersonalColumns.of(LeadTimelineRow.getClassSchema())
                                .orElseThrow()
                                .clear("leads_g7"))
                .isEqualTo(
                        "update leads_g7.lead_timeline set note = null, payload = null"
                                + " where (lead_id = any (:lead_id))"
                                + " and (note is not null or payload is not null)");
    }

    @Test
    void aRowThatSaysNotWhoseItIsIsAnError() {
        Schema row =
                SchemaBuilder.record("Row")
                        .prop("table", "t")
                        .fields()
                        .name("mail")
                        .prop("pii", true)
                        .type()
                        .stringType()
                        .noDefault()
                        .endRecord();

        assertThatThrownBy(() -> PersonalColumns.of(row))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("Row");
    }
}
