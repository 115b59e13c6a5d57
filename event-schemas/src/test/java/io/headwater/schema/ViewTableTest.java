package io.headwater.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.headwater.views.SubmissionRow;
import io.headwater.views.WebhookRow;
import java.util.List;
import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;
import org.junit.jupiter.api.Test;

class ViewTableTest {

    @Test
    void everyViewSaysWhosePersonalDataItShows() {
        assertThat(ViewTable.all())
                .filteredOn(table -> !table.personal().isEmpty())
                .allSatisfy(table -> assertThat(table.people()).isNotEmpty())
                .extracting(ViewTable::name)
                .contains("leads", "submissions", "lead_timeline", "lead_consents", "webhooks");
    }

    @Test
    void figuresAreNobodys() {
        assertThat(ViewTable.all())
                .filteredOn(table -> table.people().isEmpty())
                .extracting(ViewTable::name)
                .containsExactly("intake_15m", "lead_volume_15m", "page_views_15m", "traffic_15m");
    }

    /// A request may have brought many: its id finds the request and not the people.
    @Test
    void aRequestIsLookedForOnlyWhereNobodyIsNamed() {
        assertThat(ViewTable.of("leads", SubmissionRow.getClassSchema()).people())
                .containsExactly("lead_id", "submission_id");
        assertThat(ViewTable.of("webhooks", WebhookRow.getClassSchema()).people())
                .containsExactly("receipt_id");
    }

    @Test
    void aRowThatSaysNotWhoseItIsIsAnError() {
        Schema row =
                SchemaBuilder.record("Row")
                        .prop("table", "t")
                        .prop("key", List.of("mail"))
                        .fields()
                        .name("mail")
                        .prop("pii", true)
                        .type()
                        .stringType()
                        .noDefault()
                        .endRecord();

        assertThatThrownBy(() -> ViewTable.of("leads", row))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("Row");
    }
}
