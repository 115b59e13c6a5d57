package io.headwater.projectors.intake;

import io.headwater.projectors.platform.SourcePosition;
import io.headwater.projectors.platform.fold.Fold;
import io.headwater.projectors.platform.fold.FoldStores;
import io.headwater.projectors.platform.fold.UnfoldableException;
import io.headwater.views.IntakeRow;
import java.util.List;
import java.util.Set;
import org.apache.avro.specific.SpecificRecord;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.stereotype.Component;

/// A version after that of the platform, with a column and a table of its own, for tests: there
/// when the setting [#SETTING] says which.
@Component
@ConditionalOnProperty(NextIntake.SETTING)
public final class NextIntake extends IntakeProjection {

    public static final String SETTING = "test.intake-next";

    /// What it says that it changes, and nothing else.
    public static final String AS_SAID = "as-said";

    /// A column more than it says.
    public static final String MORE = "more-than-it-says";

    /// Also cannot fold the events of [#REFUSED_SITE].
    public static final String CHOOSY = "choosy";

    public static final String REFUSED_SITE = "site-that-the-next-fold-refuses";
    public static final int VERSION = 3;

    private final String variant;

    NextIntake(@Value("${" + SETTING + "}") String variant) {
        this.variant = variant;
    }

    @Override
    public int foldVersion() {
        return VERSION;
    }

    @Override
    public String tables() {
        return "intake_next";
    }

    @Override
    public Set<String> changes() {
        return Set.of("intake_15m.received", "intake_15m.note");
    }

    @Override
    public Fold fold(FoldStores stores) {
        Fold former = super.fold(stores);
        return (site, event, position) -> rows(former, site, event, position);
    }

    private List<IntakeRow> rows(
            Fold former, @Nullable String site, SpecificRecord event, SourcePosition position) {
        if (variant.equals(CHOOSY) && REFUSED_SITE.equals(site)) {
            throw new UnfoldableException("not of this site");
        }
        return former.fold(site, event, position).stream()
                .map(row -> changed((IntakeRow) row))
                .toList();
    }

    private IntakeRow changed(IntakeRow row) {
        var changed = IntakeRow.newBuilder(row).setReceived(row.getReceived() * 10);
        if (variant.equals(MORE)) {
            changed.setAccepted(row.getAccepted() + 1);
        }
        return changed.build();
    }
}
