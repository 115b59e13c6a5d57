package io.headwater.projectors;

import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Stream;

/// Follows the calls of folds into our own helpers, wherever these live, and looks for what
/// [FoldRules] forbid. What an interface stands for is not followed.
final class FoldReach {

    private static final String OURS = "io.headwater.";

    private final Predicate<JavaClass> isFold;
    private final Predicate<JavaClass> isEdge;
    private final Map<JavaCodeUnit, String> seen = new LinkedHashMap<>();
    private final Deque<JavaCodeUnit> next = new ArrayDeque<>();

    /// @param isFold where following begins
    /// @param isEdge where it ends
    FoldReach(Predicate<JavaClass> isFold, Predicate<JavaClass> isEdge) {
        this.isFold = isFold;
        this.isEdge = isEdge;
    }

    /// @param classes all of ours that may be followed
    /// @return each forbidden call with the way to it
    List<String> violations(JavaClasses classes) {
        classes.stream()
                .filter(isFold)
                .flatMap(type -> type.getCodeUnits().stream())
                .forEach(unit -> reach(unit, ""));
        var found = new ArrayList<String>();
        while (!next.isEmpty()) {
            JavaCodeUnit unit = next.removeFirst();
            String way = seen.getOrDefault(unit, "") + unit.getFullName();
            for (JavaAccess<?> access : unit.getAccessesFromSelf()) {
                Stream.of(FoldRules.values())
                        .filter(rule -> rule.forbids(access))
                        .forEach(rule ->
                                found.add(
                                        rule
                                                + ": "
                                                + way
                                                + " → "
                                                + access.getTarget().getFullName()));
                access.getTarget()
                        .resolveMember()
                        .filter(JavaCodeUnit.class::isInstance)
                        .map(JavaCodeUnit.class::cast)
                        .ifPresent(target -> reach(target, way + " → "));
            }
        }
        return found;
    }

    /// @return those outside the folds that were followed
    List<String> helpers() {
        return seen.keySet().stream()
                .map(JavaCodeUnit::getOwner)
                .filter(isFold.negate())
                .map(JavaClass::getName)
                .distinct()
                .toList();
    }

    private void reach(JavaCodeUnit unit, String way) {
        if (unit.getOwner().getName().startsWith(OURS)
                && !isGenerated(unit.getOwner())
                && !isEdge.test(unit.getOwner())
                && seen.putIfAbsent(unit, way) == null) {
            next.add(unit);
        }
    }

    private static boolean isGenerated(JavaClass type) {
        return type.isAnnotatedWith(org.apache.avro.specific.AvroGenerated.class)
                || type.getEnclosingClass().map(FoldReach::isGenerated).orElse(false);
    }
}
