package io.headwater.launcher.sweep;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What a sweep looked at and found. Has no value that was looked for in it.
///
/// @param values how many were looked for, by kind
/// @param ignored how many were too short to be looked for, by kind
public record SweepReport(
        Instant startedAt,
        Instant endedAt,
        Map<String, Integer> values,
        Map<String, Integer> ignored,
        List<PlaceReport> places,
        Verdict verdict) {

    /// The end of it.
    public enum Verdict {
        /// Every place was searched, found what was planted, and nothing else.
        NONE_FOUND,
        /// Something that only this person has stands somewhere.
        FOUND,
        /// Nothing was found, and it is not shown that it would have been.
        UNPROVEN
    }

    /// One kind of store.
    ///
    /// @param readable whether asking the store shows what was found; else these are bytes that are
    ///   given up and not overwritten yet, and do not decide
    /// @param searched how much, by unit
    /// @param canaries what was planted, and whether it was found
    /// @param found units with something in them that only this person has
    /// @param names units with a name in them, which others may have, too
    /// @param first of what was found, the first ones
    /// @param failure why it could not be searched
    public record PlaceReport(
            String place,
            boolean readable,
            Map<String, Long> searched,
            List<Canary> canaries,
            long found,
            long names,
            List<Look.Found> first,
            @Nullable String failure) {

        boolean isProven() {
            return failure == null
                    && !canaries.isEmpty()
                    && canaries.stream().allMatch(Canary::found);
        }
    }

    /// @param what was planted, in words
    public record Canary(String what, boolean found) {}

    static Verdict verdict(List<PlaceReport> places) {
        if (places.stream().anyMatch(place -> place.readable() && place.found() > 0)) {
            return Verdict.FOUND;
        }
        return places.stream().allMatch(PlaceReport::isProven)
                ? Verdict.NONE_FOUND
                : Verdict.UNPROVEN;
    }

    /// Lines for people.
    public List<String> lines() {
        return SweepText.of(this);
    }
}
