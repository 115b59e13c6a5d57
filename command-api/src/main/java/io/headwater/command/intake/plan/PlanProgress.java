package io.headwater.command.intake.plan;

import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// How far a plan is.
///
/// @param predicted steps by what the dry run said; `` for those not foretold yet @param outcomes
///   steps by what became of them; `` for those not done yet
/// @param codes steps by why not; `` for those without
public record PlanProgress(
        Map<String, Integer> predicted,
        Map<String, Integer> predictedCodes,
        Map<String, Integer> outcomes,
        Map<String, Integer> codes) {

    /// Adds up groups of steps.
    static final class Counting {
        private final Map<String, Integer> predicted = new TreeMap<>();
        private final Map<String, Integer> predictedCodes = new TreeMap<>();
        private final Map<String, Integer> outcomes = new TreeMap<>();
        private final Map<String, Integer> codes = new TreeMap<>();

        void add(String said, String saidCode, String outcome, String code, int steps) {
            predicted.merge(said, steps, Integer::sum);
            predictedCodes.merge(saidCode, steps, Integer::sum);
            outcomes.merge(outcome, steps, Integer::sum);
            codes.merge(code, steps, Integer::sum);
        }

        PlanProgress done() {
            return new PlanProgress(predicted, predictedCodes, outcomes, codes);
        }
    }

    public int total() {
        return outcomes.values().stream().mapToInt(Integer::intValue).sum();
    }

    public int foretold() {
        return total() - predicted.getOrDefault("", 0);
    }

    public int done() {
        return total() - remaining();
    }

    public int remaining() {
        return outcomes.getOrDefault("", 0);
    }

    /// @return how long the rest takes at best; null: nothing is left
    public @Nullable Duration eta(double ratePerSecond) {
        return remaining() == 0
                ? null
                : Duration.ofMillis((long) Math.ceil(remaining() * 1000 / ratePerSecond));
    }

    /// Without what is not known yet.
    public static Map<String, Integer> known(Map<String, Integer> counts) {
        var known = new TreeMap<>(counts);
        known.remove("");
        return known;
    }
}
