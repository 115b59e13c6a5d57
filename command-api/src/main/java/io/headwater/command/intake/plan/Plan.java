package io.headwater.command.intake.plan;

import java.time.Instant;
import java.util.Arrays;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// One plan as it stands.
///
///     predicting ──► ready ──start──► running ──► done
///         └──────────────┴──── cancel ───┴─────► cancelled      (a fault that stays: failed)
///
/// @param sourceId of a mapping replay
/// @param ratePerSecond most steps a second, over all instances
/// @param details what was asked for
/// @param result what the prediction found besides counts
/// @param pacedUntil no step before this; null: none was made
public record Plan(
        String planId,
        Kind kind,
        Status status,
        @Nullable String sourceId,
        double ratePerSecond,
        JsonNode details,
        JsonNode result,
        String actor,
        @Nullable String error,
        Instant createdAt,
        @Nullable Instant startedAt,
        @Nullable Instant finishedAt,
        @Nullable Instant pacedUntil) {

    public enum Kind {
        RELEASE,
        REJECT,
        MAPPING_REPLAY;

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }

        static Kind of(String text) {
            return Arrays.stream(values())
                    .filter(kind -> kind.toString().equals(text))
                    .findFirst()
                    .orElseThrow();
        }
    }

    public enum Status {
        PREDICTING,
        READY,
        RUNNING,
        DONE,
        CANCELLED,
        FAILED;

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /// A step: one submission.
    ///
    /// @param position 0, 1, 2 …
    /// @param predicted by the dry run, null before it
    public record Item(
            int position, String siteId, String submissionId, @Nullable String predicted) {}

    /// What became of a step, or would.
    ///
    /// @param code why not, or null
    public record Outcome(String outcome, @Nullable String code, @Nullable String leadId) {}

    /// The same on every try, so that a step done twice is decided once.
    public String commandId(Item item, String what) {
        return planId + ":" + item.submissionId() + ":" + what;
    }
}
