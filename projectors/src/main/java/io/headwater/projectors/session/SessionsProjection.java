package io.headwater.projectors.session;

import io.headwater.projectors.platform.Projection;
import io.headwater.projectors.platform.RowKey;
import io.headwater.projectors.platform.View;
import io.headwater.schema.Topics;
import io.headwater.views.SessionRow;
import java.util.List;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.kstream.Grouped;
import org.apache.kafka.streams.kstream.Named;
import org.springframework.stereotype.Component;

/// Sessions with what was done in them and their engagement.
///
/// in: `tracking.events.v1`, key = session id, by slot · out: `view.sessions`, same partition
/// source: engagement formula of the contract, section 2
@Component
public class SessionsProjection implements Projection {

    static final String ROWS = "session-rows";

    private static final String TABLE = RowKey.table(SessionRow.getClassSchema());

    @Override
    public String name() {
        return "sessions";
    }

    @Override
    public int foldVersion() {
        return Engagement.VERSION;
    }

    @Override
    public List<String> sources() {
        return List.of(Topics.TRACKING_EVENTS.name());
    }

    @Override
    public List<Class<? extends SpecificRecord>> rows() {
        return List.of(SessionRow.class);
    }

    @Override
    public void addTo(StreamsBuilder builder, View view) {
        var tracking = view.events(builder, Topics.TRACKING_EVENTS.name());
        var rows =
                VisitCounter.count(tracking, view)
                        .groupByKey(
                                Grouped.<String, CountedVisit>as("by-session")
                                        .withKeySerde(Serdes.String()))
                        .<SessionRow>aggregate(
                                () -> null,
                                (sessionId, visit, row) -> SessionFold.fold(sessionId, row, visit),
                                Named.as("session-fold"),
                                view.cachedStore(ROWS))
                        .toStream(Named.as("session-changes"))
                        .selectKey(
                                (sessionId, row) -> RowKey.of(TABLE, sessionId),
                                Named.as("session-row-keys"));
        view.rowsBySource(rows, "session-out");
    }
}
