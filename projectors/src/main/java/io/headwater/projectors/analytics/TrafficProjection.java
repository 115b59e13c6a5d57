package io.headwater.projectors.analytics;

import io.headwater.projectors.platform.Projection;
import io.headwater.projectors.platform.RowKey;
import io.headwater.projectors.platform.View;
import io.headwater.projectors.platform.fold.Fold;
import io.headwater.projectors.platform.fold.FoldStores;
import io.headwater.projectors.platform.fold.Sums;
import io.headwater.schema.Topics;
import io.headwater.views.PageViewsRow;
import io.headwater.views.TrafficRow;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.kstream.Named;
import org.springframework.stereotype.Component;

/// Traffic and page views in quarter hours of receipt; purely additive.
///
/// in: `tracking.events.v1`, key = session id, by slot · out: `view.traffic`, by key of the row
/// between: repartition topics `traffic` and `page-views`, one small row per record · late: a late
/// record adds to the bucket of its receipt, however late
@Component
public class TrafficProjection implements Projection {

    private static final String TRAFFIC = "traffic";
    private static final String PAGE_VIEWS = "page-views";

    @Override
    public String name() {
        return "traffic";
    }

    @Override
    public int foldVersion() {
        return 1;
    }

    @Override
    public List<String> sources() {
        return List.of(Topics.TRACKING_EVENTS.name());
    }

    @Override
    public List<Class<? extends SpecificRecord>> rows() {
        return List.of(TrafficRow.class, PageViewsRow.class);
    }

    @Override
    public Fold fold(FoldStores stores) {
        var visits = new Visits(stores);
        return (sessionId, event, position) -> {
            Visit visit = visits.of(sessionId, event, position);
            var deltas = new ArrayList<SpecificRecord>(TrafficDeltas.pageViews(visit));
            TrafficRow traffic = TrafficDeltas.traffic(visit);
            if (traffic != null) {
                deltas.add(traffic);
            }
            return deltas;
        };
    }

    @Override
    public Map<Class<? extends SpecificRecord>, String> sums() {
        return Map.of(TrafficRow.class, TRAFFIC, PageViewsRow.class, PAGE_VIEWS);
    }

    @Override
    public void addTo(StreamsBuilder builder, View view) {
        var tracking = view.events(builder, Topics.TRACKING_EVENTS.name());
        var visits = VisitStamp.stamp(tracking, view);
        var traffic =
                visits.mapValues(TrafficDeltas::traffic, Named.as("traffic-deltas"))
                        .filter((session, delta) -> delta != null, Named.as("traffic-some"))
                        .selectKey((session, delta) -> RowKey.of(delta), Named.as("traffic-keys"));
        Sums.of(traffic, TRAFFIC, TrafficRow.class, view);
        var pageViews =
                visits.flatMapValues(TrafficDeltas::pageViews, Named.as("page-view-deltas"))
                        .selectKey(
                                (session, delta) -> RowKey.of(delta), Named.as("page-view-keys"));
        Sums.of(pageViews, PAGE_VIEWS, PageViewsRow.class, view);
    }
}
