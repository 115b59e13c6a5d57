package io.headwater.projectors;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.ArchRule;
import io.headwater.projectors.planted.Innocent;
import io.headwater.projectors.planted.PlantedClocks;
import io.headwater.projectors.planted.PlantedDice;
import io.headwater.projectors.planted.PlantedReaches;
import io.headwater.projectors.planted.PlantedState;
import io.headwater.projectors.planted.PlantedSurroundings;
import io.headwater.projectors.planted.PlantedThreads;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// The guard reports each way of breaking it; a rule that reports nothing is not one.
class PlantedTest {

    private static final String PLANTED = "..projectors.planted..";

    private static final ArchRule STATE =
            classes().that().resideInAPackage(PLANTED).should(new StaticState());

    private static final ClassFileImporter IMPORTER = new ClassFileImporter();

    private static final JavaClasses ALL = IMPORTER.importPackagesOf(Innocent.class);

    static Stream<Arguments> planted() {
        return Stream.of(
                        each(FoldRules.CLOCK.on(PLANTED), PlantedClocks.class),
                        each(FoldRules.DICE.on(PLANTED), PlantedDice.class),
                        each(FoldRules.OUTSIDE.on(PLANTED), PlantedReaches.class),
                        each(FoldRules.SURROUNDINGS.on(PLANTED), PlantedSurroundings.class),
                        each(FoldRules.THREADS.on(PLANTED), PlantedThreads.class),
                        each(STATE, PlantedState.class))
                .flatMap(one -> one);
    }

    /// Named as something that breaks a rule is: `OfClock`.
    private static Stream<Arguments> each(ArchRule rule, Class<?> group) {
        var reported = reported(rule);
        return Stream.of(group.getDeclaredClasses())
                .filter(one -> one.getSimpleName().startsWith("Of"))
                .map(one -> arguments(one, reported));
    }

    private static List<String> reported(ArchRule rule) {
        return rule.evaluate(ALL).getFailureReport().getDetails();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("planted")
    void ruleReportsWhatIsPlanted(Class<?> planted, List<String> reported) {
        assertThat(reported).anyMatch(one -> one.contains(planted.getName() + "."));
    }

    @Test
    void innocentIsNotReported() {
        String innocent = Innocent.class.getName();

        for (FoldRules rule : FoldRules.values()) {
            assertThat(reported(rule.on(PLANTED))).noneMatch(one -> one.contains(innocent));
        }
        assertThat(reported(STATE)).noneMatch(one -> one.contains(innocent));
        assertThat(ALL.contain(innocent)).isTrue();
    }

    /// A fold that calls a helper that calls another which looks at the clock.
    @Test
    void whatAHelperDoesIsFoundOnTheWay() {
        var classes = IMPORTER.importClasses(Caller.class, Helper.class, Second.class);
        var reach =
                new FoldReach(JavaClass.Predicates.equivalentTo(Caller.class)::test, _ -> false);

        assertThat(reach.violations(classes))
                .singleElement()
                .asString()
                .contains("CLOCK", "Caller.fold", "Helper.help", "Second.now", "Instant.now");
        assertThat(reach.helpers())
                .isEqualTo(List.of(Helper.class.getName(), Second.class.getName()));
    }

    private static final class Caller {
        String fold() {
            return Helper.help();
        }
    }

    private static final class Helper {
        static String help() {
            return Stream.of("a").map(_ -> Second.now()).toList().getFirst();
        }
    }

    private static final class Second {
        static String now() {
            return java.time.Instant.now().toString();
        }
    }
}
