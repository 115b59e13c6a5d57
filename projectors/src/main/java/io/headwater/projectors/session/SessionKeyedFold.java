package io.headwater.projectors.session;

import io.headwater.projectors.platform.SourcePosition;
import io.headwater.projectors.platform.fold.FoldStore;
import io.headwater.projectors.platform.fold.KeyedFold;
import io.headwater.views.SessionRow;
import java.util.List;
import org.apache.avro.specific.SpecificRecord;

/// [EarlierVisits] and [SessionFold], one after the other as in the topology.
final class SessionKeyedFold implements KeyedFold {

    private final EarlierVisits visits = new EarlierVisits(FoldStore.inMemory());
    private final FoldStore<SessionRow> rows = FoldStore.inMemory();

    @Override
    public List<SpecificRecord> fold(
            String sessionId, SpecificRecord event, SourcePosition position) {
        int earlier = visits.of(sessionId, event);
        var row =
                SessionFold.fold(
                        sessionId, rows.get(sessionId), new CountedVisit(event, earlier, position));
        rows.put(sessionId, row);
        return List.of(row);
    }
}
