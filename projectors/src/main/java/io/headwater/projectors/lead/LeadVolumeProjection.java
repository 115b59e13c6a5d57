package io.headwater.projectors.lead;

import io.headwater.projectors.platform.Projection;
import io.headwater.projectors.platform.View;
import io.headwater.projectors.platform.fold.Fold;
import io.headwater.projectors.platform.fold.FoldProcessor;
import io.headwater.projectors.platform.fold.FoldStores;
import io.headwater.projectors.platform.fold.Sums;
import io.headwater.schema.Topics;
import io.headwater.views.LeadVolumeRow;
import java.util.List;
import java.util.Map;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.kstream.KStream;
import org.apache.kafka.streams.kstream.Named;
import org.springframework.stereotype.Component;

/// Lead volume by source, campaign, country and device in quarter hours of receipt; purely
/// additive. Each submission and each person counts once, as they stand now.
///
/// in: `lead.events.v1`, key = site id · out: `view.lead_volume`, by key of the row · between:
/// repartition topic `lead-volume`, one small row per submission and per change of one
@Component
public class LeadVolumeProjection implements Projection {

    private static final String SUMS = "lead-volume";

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
    public Fold fold(FoldStores stores) {
        return new LeadVolumeFold(stores);
    }

    @Override
    public Map<Class<? extends SpecificRecord>, String> sums() {
        return Map.of(LeadVolumeRow.class, SUMS);
    }

    @Override
    public void addTo(StreamsBuilder builder, View view) {
        KStream<String, LeadVolumeRow> deltas =
                view.events(builder, Topics.LEAD_EVENTS.name())
                        .process(
                                FoldProcessor.of(this, LeadVolumeFold.stores(view)),
                                Named.as("lead-volume-deltas"));
        Sums.of(deltas, SUMS, LeadVolumeRow.class, view);
    }
}
