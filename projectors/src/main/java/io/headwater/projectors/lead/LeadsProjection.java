package io.headwater.projectors.lead;

import io.headwater.projectors.platform.Projection;
import io.headwater.projectors.platform.View;
import io.headwater.schema.Topics;
import io.headwater.views.LeadAppointmentRow;
import io.headwater.views.LeadMoneyRow;
import io.headwater.views.LeadRow;
import io.headwater.views.LeadTimelineRow;
import io.headwater.views.ProviderFactRow;
import io.headwater.views.QuarantineRow;
import io.headwater.views.SubmissionChangeRow;
import io.headwater.views.SubmissionRow;
import java.util.List;
import java.util.Set;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.kstream.Named;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorSupplier;
import org.apache.kafka.streams.state.StoreBuilder;
import org.springframework.stereotype.Component;

/// Leads with what happens to them, submissions, the quarantine and provider facts.
///
/// in: `lead.events.v1`, key = site id · out: `view.leads`, same partition
///
/// No repartitioning: everything about a lead is in the partition of its site, the leads merged
/// into it included. Every change is written out at once: leads are few. The state keeps every
/// submission whole, because an edit or a correction tells only what it changes.
@Component
public class LeadsProjection implements Projection {

    @Override
    public String name() {
        return "leads";
    }

    @Override
    public int foldVersion() {
        return 3;
    }

    @Override
    public List<String> sources() {
        return List.of(Topics.LEAD_EVENTS.name());
    }

    @Override
    public List<Class<? extends SpecificRecord>> rows() {
        return List.of(
                LeadRow.class,
                LeadMoneyRow.class,
                LeadTimelineRow.class,
                LeadAppointmentRow.class,
                SubmissionRow.class,
                SubmissionChangeRow.class,
                QuarantineRow.class,
                ProviderFactRow.class);
    }

    @Override
    public void addTo(StreamsBuilder builder, View view) {
        var supplier =
                new ProcessorSupplier<String, SpecificRecord, String, SpecificRecord>() {
                    @Override
                    public Processor<String, SpecificRecord, String, SpecificRecord> get() {
                        return new LeadProcessor();
                    }

                    @Override
                    public Set<StoreBuilder<?>> stores() {
                        return LeadStores.builders(view);
                    }
                };
        var rows =
                view.events(builder, Topics.LEAD_EVENTS.name())
                        .process(supplier, Named.as("lead-fold"));
        view.rowsBySource(rows, "lead-out");
    }
}
