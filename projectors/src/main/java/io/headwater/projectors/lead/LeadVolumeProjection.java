package io.headwater.projectors.lead;

import io.headwater.projectors.platform.Projection;
import io.headwater.projectors.platform.View;
import io.headwater.projectors.platform.fold.Sums;
import io.headwater.schema.Topics;
import io.headwater.views.LeadVolumeRow;
import java.util.List;
import java.util.Set;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.kstream.Named;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorSupplier;
import org.apache.kafka.streams.state.StoreBuilder;
import org.springframework.stereotype.Component;

/// Lead volume by source, campaign, country and device in quarter hours of receipt; purely
/// additive. Each submission and each person counts once, as they stand now.
///
/// in: `lead.events.v1`, key = site id · out: `view.lead_volume`, by key of the row · between:
/// repartition topic `lead-volume`, one small row per submission and per change of one
@Component
public class LeadVolumeProjection implements Projection {

    @Override
    public String name() {
        return "lead_volume";
    }

    @Override
    public int foldVersion() {
        return 2;
    }

    @Override
    public List<String> sources() {
        return List.of(Topics.LEAD_EVENTS.name());
    }

    @Override
    public List<Class<? extends SpecificRecord>> rows() {
        return List.of(LeadVolumeRow.class);
    }

    @Override
    public void addTo(StreamsBuilder builder, View view) {
        var supplier =
                new ProcessorSupplier<String, SpecificRecord, String, LeadVolumeRow>() {
                    @Override
                    public Processor<String, SpecificRecord, String, LeadVolumeRow> get() {
                        return new LeadVolumeProcessor();
                    }

                    @Override
                    public Set<StoreBuilder<?>> stores() {
                        return LeadVolumeProcessor.stores(view);
                    }
                };
        var deltas =
                view.events(builder, Topics.LEAD_EVENTS.name())
                        .process(supplier, Named.as("lead-volume-deltas"));
        Sums.of(deltas, "lead-volume", LeadVolumeRow.class, view);
    }
}
