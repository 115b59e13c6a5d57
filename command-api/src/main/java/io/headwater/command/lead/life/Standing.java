package io.headwater.command.lead.life;

import io.headwater.command.platform.directory.Stage;
import io.headwater.life.FactNote;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/// The stage that a lead is in: a pure function of the newest decision by hand and the set of
/// facts.
///
///     decision ──► its stage ──► won, lost or returned: that
///                       └─────► else the furthest of it and what newer facts imply
///
/// @param cause what put it there: `hand`, or the kind of fact: appointment, shown, quoted, payment
public record Standing(String stage, Stage.Kind kind, String cause) {

    public static final String HAND = "hand";

    private record Implied(Stage.Kind kind, String cause) {}

    public static Standing of(
            StageDecision decided, Collection<FactNote> facts, Pipeline pipeline) {
        var standing = new Standing(decided.stage(), decided.kind(), HAND);
        if (isEnd(decided.kind())) {
            return standing;
        }
        int furthest = pipeline.position(decided.stage(), decided.kind());
        for (var note : facts) {
            var implied =
                    note.at().isAfter(decided.decidedAt())
                            ? stage(note, pipeline)
                            : Optional.<Standing>empty();
            if (implied.isPresent()) {
                int position = pipeline.position(implied.get().stage(), implied.get().kind());
                if (position > furthest) {
                    furthest = position;
                    standing = implied.get();
                }
            }
        }
        return standing;
    }

    /// Facts move no lead out of where a person ended it.
    public static boolean isEnd(Stage.Kind kind) {
        return switch (kind) {
            case WON, LOST, RETURNED -> true;
            case OPEN, APPOINTMENT, SHOWN, QUOTED -> false;
        };
    }

    /// Where a pipeline has no stage for it, an appointment that was shown is at least one.
    private static Optional<Standing> stage(FactNote note, Pipeline pipeline) {
        for (var implied : implied(note)) {
            var stage = pipeline.first(implied.kind());
            if (stage.isPresent()) {
                return stage.map(found -> new Standing(found.key(), found.kind(), implied.cause()));
            }
        }
        return Optional.empty();
    }

    private static List<Implied> implied(FactNote note) {
        var appointment = new Implied(Stage.Kind.APPOINTMENT, "appointment");
        return switch (note.kind()) {
            case FactNote.SHOWN -> List.of(new Implied(Stage.Kind.SHOWN, "shown"), appointment);
            case FactNote.QUOTED -> List.of(new Implied(Stage.Kind.QUOTED, "quoted"));
            // of a lead that was merged into this one
            case FactNote.WON -> List.of(new Implied(Stage.Kind.WON, "won"));
            case FactNote.PAYMENT -> List.of(new Implied(Stage.Kind.WON, "payment"));
            default -> note.isAppointment() ? List.of(appointment) : List.of();
        };
    }
}
