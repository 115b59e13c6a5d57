package io.headwater.projectors.platform;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;

/// The folds that this code has: of each projection the newest one, and older ones beside it for as
/// long as a generation was made by them.
@Component
public final class Folds {

    private final Map<String, List<Projection>> byName;

    /// @throws IllegalArgumentException when two folds of a projection have the same version
    public Folds(List<Projection> all) {
        byName =
                all.stream()
                        .collect(
                                Collectors.groupingBy(
                                        Projection::name, TreeMap::new, Collectors.toList()));
        byName.forEach((name, folds) -> {
            long versions = folds.stream().map(Projection::foldVersion).distinct().count();
            if (versions < folds.size()) {
                throw new IllegalArgumentException("two folds of " + name + " have one version");
            }
        });
    }

    public Set<String> projections() {
        return byName.keySet();
    }

    /// @return the fold of a version, if its code is still here
    public Optional<Projection> of(String projection, int version) {
        return byName.getOrDefault(projection, List.of()).stream()
                .filter(fold -> fold.foldVersion() == version)
                .findFirst();
    }

    /// @return what the next generation is made by; empty for an unknown projection
    public Optional<Projection> newest(String projection) {
        return byName.getOrDefault(projection, List.of()).stream()
                .max(Comparator.comparingInt(Projection::foldVersion));
    }

    /// @return versions that are here, for people
    public List<Integer> versions(String projection) {
        return byName.getOrDefault(projection, List.of()).stream()
                .map(Projection::foldVersion)
                .sorted()
                .toList();
    }
}
