package io.headwater.schema;

import io.headwater.views.ConsentRow;
import io.headwater.views.IntakeRow;
import io.headwater.views.LeadAppointmentRow;
import io.headwater.views.LeadMoneyRow;
import io.headwater.views.LeadRow;
import io.headwater.views.LeadTimelineRow;
import io.headwater.views.LeadVolumeRow;
import io.headwater.views.PageViewsRow;
import io.headwater.views.ProviderFactRow;
import io.headwater.views.QuarantineRow;
import io.headwater.views.SessionRow;
import io.headwater.views.SubmissionChangeRow;
import io.headwater.views.SubmissionRow;
import io.headwater.views.TrafficRow;
import io.headwater.views.WebhookRow;
import java.util.List;
import java.util.Map;
import org.apache.avro.specific.SpecificRecord;

/// The rows of each projection: what its view topic holds, one record type a table.
final class ViewRecords {

    static final Map<String, List<Class<? extends SpecificRecord>>> ALL =
            Map.of(
                    "leads",
                            List.of(
                                    LeadRow.class,
                                    LeadMoneyRow.class,
                                    LeadTimelineRow.class,
                                    LeadAppointmentRow.class,
                                    SubmissionRow.class,
                                    SubmissionChangeRow.class,
                                    QuarantineRow.class,
                                    ProviderFactRow.class,
                                    ConsentRow.class),
                    "lead_volume", List.of(LeadVolumeRow.class),
                    "sessions", List.of(SessionRow.class),
                    "traffic", List.of(TrafficRow.class, PageViewsRow.class),
                    "intake", List.of(IntakeRow.class),
                    "webhooks", List.of(WebhookRow.class));

    private ViewRecords() {}
}
