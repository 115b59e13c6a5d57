package io.headwater.projectors.platform.privacy;

import static org.assertj.core.api.Assertions.assertThat;

import io.headwater.schema.ViewTable;
import io.headwater.views.LeadTimelineRow;
import org.junit.jupiter.api.Test;

class PersonalColumnsTest {

    @Test
    void clearsWhatIsNotClearYet() {
        var timeline = ViewTable.of("leads", LeadTimelineRow.getClassSchema());

        assertThat(new PersonalColumns(timeline).clear("leads_g7"))
                .isEqualTo(
                        "update leads_g7.lead_timeline set note = null, payload = null"
                                + " where (lead_id = any (:lead_id))"
                                + " and (note is not null or payload is not null)");
    }
}
