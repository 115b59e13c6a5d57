package io.headwater.projectors.intake;

import io.headwater.projectors.platform.Projection;
import io.headwater.projectors.platform.View;
import io.headwater.projectors.platform.fold.Fold;
import io.headwater.projectors.platform.fold.FoldProcessor;
import io.headwater.projectors.platform.fold.FoldStores;
import io.headwater.schema.Topics;
import io.headwater.views.IntakeRow;
import java.util.List;
import java.util.Set;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.kstream.Named;
import org.springframework.stereotype.Component;

/// What was received and what became of it, by source, in quarter hours of receipt.
///
/// in: `intake.receipts.v1` and `lead.events.v1`, both with key = site id and as many partitions ·
/// out: `view.intake`, same partition; a site's sides meet there without repartitioning
@Component
public class IntakeProjection implements Projection {

    private static final String ROWS = "intake-rows";
    private static final String WAITING = "intake-waiting";

    @Override
    public String name() {
        return "intake";
    }

    @Override
    public int foldVersion() {
        return 2;
    }

    @Override
    public List<String> sources() {
        return List.of(Topics.INTAKE_RECEIPTS.name(), Topics.LEAD_EVENTS.name());
    }

    @Override
    public List<Class<? extends SpecificRecord>> rows() {
        return List.of(IntakeRow.class);
    }

    @Override
    public Fold fold(FoldStores stores) {
        return new IntakeCounter(stores.records(ROWS), stores.records(WAITING));
    }

    @Override
    public void addTo(StreamsBuilder builder, View view) {
        var rows =
                view.events(builder, Topics.INTAKE_RECEIPTS.name())
                        .merge(
                                view.events(builder, Topics.LEAD_EVENTS.name()),
                                Named.as("intake-both"))
                        .process(
                                FoldProcessor.<IntakeRow>of(
                                        this,
                                        Set.of(
                                                view.<IntakeRow>store(ROWS),
                                                view.<IntakeRow>store(WAITING))),
                                Named.as("intake-fold"));
        view.rowsBySource(rows, "intake-out");
    }
}
