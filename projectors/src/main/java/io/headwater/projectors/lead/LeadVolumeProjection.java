package io.headwater.projectors.lead;

import io.headwater.projectors.platform.Projection;
import io.headwater.projectors.platform.View;
import io.headwater.projectors.platform.fold.Deltas;
import io.headwater.projectors.platform.fold.Sums;
import io.headwater.schema.Topics;
import io.headwater.views.LeadVolumeRow;
import java.util.List;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.streams.StreamsBuilder;
import org.springframework.stereotype.Component;

/// Lead volume by source, campaign, country and device in quarter hours of receipt; purely
/// additive.
///
/// in: `lead.events.v1`, key = site id · out: `view.lead_volume`, by key of the row between:
/// repartition topic `lead-volume`, one small row per submission
@Component
public class LeadVolumeProjection implements Projection {

    @Override
    public String name() {
        return "lead_volume";
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
        return List.of(LeadVolumeRow.class);
    }

    @Override
    public void addTo(StreamsBuilder builder, View view) {
        var events = view.events(builder, Topics.LEAD_EVENTS.name());
        var deltas = Deltas.of(events, LeadVolumeDeltas::of, "lead-volume-deltas");
        Sums.of(deltas, "lead-volume", LeadVolumeRow.class, view);
    }
}
