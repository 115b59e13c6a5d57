package io.headwater.projectors.intake;

import io.headwater.projectors.platform.RowKey;
import io.headwater.projectors.platform.SourcePosition;
import io.headwater.projectors.platform.fold.Fold;
import io.headwater.projectors.platform.fold.FoldStore;
import io.headwater.projectors.platform.fold.Sums;
import io.headwater.views.IntakeRow;
import java.util.List;
import org.apache.avro.specific.SpecificRecord;
import org.jspecify.annotations.Nullable;

/// Adds up what [IntakeFold] says of each receipt and each decision.
///
/// @param rows by key of the row
/// @param waiting what those in quarantine added, by submission id
record IntakeCounter(FoldStore<IntakeRow> rows, FoldStore<IntakeRow> waiting) implements Fold {

    private static final Sums<IntakeRow> SUMS = new Sums<>(IntakeRow.class);

    @Override
    public List<IntakeRow> fold(
            @Nullable String site, SpecificRecord event, SourcePosition position) {
        String judged = QuarantineStay.submissionOf(event);
        IntakeRow waited = judged == null ? null : waiting.get(judged);
        IntakeRow delta = IntakeFold.delta(event, waited, position);
        if (delta == null) {
            return List.of();
        }
        if (judged != null) {
            if (QuarantineStay.begins(event)) {
                waiting.put(judged, delta);
            } else {
                waiting.delete(judged);
            }
        }
        String key = RowKey.of(delta);
        IntakeRow before = rows.get(key);
        IntakeRow row = before == null ? delta : SUMS.apply(before, delta);
        rows.put(key, row);
        return List.of(row);
    }
}
