package io.headwater.launcher.projections;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/// Generations that are to be dropped and say why they are not: somebody has to act first, and
/// waiting does not help. Not at the first look: one that is only stopping may say so, too.
final class Stuck implements Predicate<List<Generation>> {
    private static final int LOOKS = 3;

    private final List<Integer> wanted;

    /// Looks in a row that found the same reason, by reason.
    private Map<String, Integer> told = Map.of();

    /// @param wanted numbers of generations
    Stuck(List<Integer> wanted) {
        this.wanted = wanted;
    }

    @Override
    public boolean test(List<Generation> found) {
        var now = new HashMap<String, Integer>();
        for (Generation one : found) {
            if (wanted.contains(one.number())
                    && one.state().equals("RETIRING")
                    && !one.reason().isEmpty()) {
                now.merge(one.reason(), told.getOrDefault(one.reason(), 0) + 1, Math::max);
            }
        }
        told = now;
        return told.containsValue(LOOKS);
    }
}
