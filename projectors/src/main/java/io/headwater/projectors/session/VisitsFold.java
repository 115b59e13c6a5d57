package io.headwater.projectors.session;

import io.headwater.projectors.platform.SourcePosition;
import io.headwater.projectors.platform.fold.Fold;
import io.headwater.projectors.platform.fold.FoldStore;
import io.headwater.projectors.platform.fold.FoldStores;
import io.headwater.projectors.platform.fold.UnfoldableException;
import io.headwater.views.SessionRow;
import java.util.List;
import org.apache.avro.specific.SpecificRecord;
import org.jspecify.annotations.Nullable;

/// [EarlierVisits] and [SessionFold], one after the other as in the topology.
final class VisitsFold implements Fold {

    private final EarlierVisits visits;
    private final FoldStore<SessionRow> rows;

    VisitsFold(FoldStores stores) {
        visits = new EarlierVisits(stores.records(VisitCounter.VISITS));
        rows = stores.records(SessionsProjection.ROWS);
    }

    @Override
    public List<SessionRow> fold(
            @Nullable String sessionId, SpecificRecord event, SourcePosition position) {
        if (sessionId == null) {
            throw new UnfoldableException("tracking record without key");
        }
        int earlier = visits.of(sessionId, event);
        var row =
                SessionFold.fold(
                        sessionId, rows.get(sessionId), new CountedVisit(event, earlier, position));
        rows.put(sessionId, row);
        return List.of(row);
    }
}
