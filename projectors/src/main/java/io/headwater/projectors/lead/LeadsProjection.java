package io.headwater.projectors.lead;

import io.headwater.projectors.platform.Projection;
import io.headwater.projectors.platform.View;
import io.headwater.schema.Topics;
import io.headwater.views.LeadRow;
import io.headwater.views.ProviderFactRow;
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

/// Leads, submissions and provider facts.
///
/// in: `lead.events.v1`, key = site id · out: `view.leads`, same partition No repartitioning:
/// everything about a lead is in the partition of its site. Every change is written out at once:
/// leads are few.
@Component
public class LeadsProjection implements Projection {

    @Override
    public String name() {
        return "leads";
    }

    @Override
    public int foldVersion() {
        return 1;
    }

    @Override
    public List<String> sources() {
        return List.of(Topics.LEAD_EVENTS.name());
    }

    @Override
    public List<Class<? extends SpecificRecord>> rows() {
        return List.of(LeadRow.class, SubmissionRow.class, ProviderFactRow.class);
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
                        return Set.of(
                                view.<LeadRow>store(LeadProcessor.LEADS),
                                view.<ProviderFactRow>store(LeadProcessor.FACTS));
                    }
                };
        var rows =
                view.events(builder, Topics.LEAD_EVENTS.name())
                        .process(supplier, Named.as("lead-fold"));
        view.rowsBySource(rows, "lead-out");
    }
}
