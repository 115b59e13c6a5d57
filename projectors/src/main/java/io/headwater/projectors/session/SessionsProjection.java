package io.headwater.projectors.session;

import io.headwater.projectors.platform.RowKey;
import io.headwater.projectors.platform.View;
import io.headwater.projectors.platform.fold.Fold;
import io.headwater.projectors.platform.fold.FoldStores;
import io.headwater.projectors.platform.fold.KeyedProjection;
import io.headwater.schema.Slots;
import io.headwater.schema.Topics;
import io.headwater.views.SessionRow;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
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
public class SessionsProjection implements KeyedProjection {

    static final String ROWS = "session-rows";

    private static final String SESSION = "session:";
    private static final String VISITOR = "visitor:";
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

    @Override
    public Fold fold(FoldStores stores) {
        return new VisitsFold(stores);
    }

    /// Sessions of one visitor share a slot: others are not counted with it.
    @Override
    public int groupOf(String sessionId) {
        return Slots.slotOfSession(sessionId);
    }

    @Override
    public Class<? extends SpecificRecord> keys() {
        return SessionRow.class;
    }

    @Override
    public int partitionOf(String sessionId, int partitions) {
        return Slots.partition(Slots.slotOfSession(sessionId), partitions);
    }

    @Override
    public boolean mayConcern(String sessionId, String other) {
        return groupOf(sessionId) == groupOf(other);
    }

    @Override
    public String nameOf(String sessionId) {
        return SESSION + sessionId;
    }

    @Override
    public Set<String> names(String sessionId, SpecificRecord event) {
        String visitorId = VisitCounter.visitor(event);
        return visitorId != null && EarlierVisits.isOf(visitorId, sessionId)
                ? Set.of(SESSION + sessionId, VISITOR + visitorId)
                : Set.of(SESSION + sessionId);
    }

    /// What changes often between two commits is written once.
    @Override
    public Set<String> rowKeys(String sessionId) {
        return Set.of(RowKey.of(TABLE, sessionId));
    }

    @Override
    public List<SpecificRecord> rowsOf(String sessionId, Collection<SpecificRecord> rows) {
        return rows.stream()
                .filter(row ->
                        row instanceof SessionRow session
                                && session.getSessionId().equals(sessionId))
                .toList();
    }

    @Override
    public Map<String, Scope> scopes(String sessionId, List<SpecificRecord> own) {
        return Map.of(TABLE, new Scope("session_id", List.of(sessionId)));
    }

    @Override
    public Map<String, String> hints() {
        return Map.of("visitor_id", VISITOR);
    }
}
