package io.headwater.projectors;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import io.headwater.projectors.platform.View;
import io.headwater.schema.Slots;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;

@AnalyzeClasses(
        packages = "io.headwater.projectors",
        importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

    private static final String[] FEATURES = {
        "..projectors.lead..",
        "..projectors.session..",
        "..projectors.analytics..",
        "..projectors.intake.."
    };

    /// Where replays must give the same rows.
    private static final String[] FOLDS = {
        "..projectors.lead..",
        "..projectors.session..",
        "..projectors.analytics..",
        "..projectors.intake..",
        "..platform.fold.."
    };

    @ArchTest
    static final ArchRule featuresDoNotImportEachOther =
            slices().matching("io.headwater.projectors.(lead|session|analytics|intake)..")
                    .should()
                    .notDependOnEachOther();

    @ArchTest
    static final ArchRule platformKnowsNoFeature =
            noClasses()
                    .that()
                    .resideInAPackage("..projectors.platform..")
                    .should()
                    .dependOnClassesThat()
                    .resideInAnyPackage(FEATURES);

    @ArchTest static final ArchRule foldsReadNoClock = FoldRules.CLOCK.on(FOLDS);

    @ArchTest static final ArchRule foldsThrowNoDice = FoldRules.DICE.on(FOLDS);

    @ArchTest static final ArchRule foldsReachNothingOutside = FoldRules.OUTSIDE.on(FOLDS);

    @ArchTest
    static final ArchRule foldsAskNothingOfTheirSurroundings = FoldRules.SURROUNDINGS.on(FOLDS);

    @ArchTest static final ArchRule foldsStartNoThread = FoldRules.THREADS.on(FOLDS);

    @ArchTest
    static final ArchRule foldsKeepNoStaticState =
            classes().that().resideInAnyPackage(FOLDS).should(new StaticState());

    /// Also not by way of a helper that they share with others.
    @Test
    void whatFoldsCallKeepsTheirRules() {
        var ours =
                new ClassFileImporter()
                        .withImportOption(new ImportOption.DoNotIncludeTests())
                        .importPackages(
                                "io.headwater.projectors",
                                "io.headwater.schema",
                                "io.headwater.life");
        // Behind the view are the serdes: what they look up is a schema, not a value.
        var reach =
                new FoldReach(
                        JavaClass.Predicates.resideInAnyPackage(FOLDS)::test,
                        JavaClass.Predicates.equivalentTo(View.class)::test);

        assertThat(reach.violations(ours)).isEmpty();
        assertThat(reach.helpers()).contains(Slots.class.getName());
    }

    @ArchTest
    static final ArchRule everyPackageIsNullMarked = classes().should(beInANullMarkedPackage());

    private static ArchCondition<JavaClass> beInANullMarkedPackage() {
        return new ArchCondition<>("be in a null-marked package") {
            @Override
            public void check(JavaClass type, ConditionEvents events) {
                if (!type.getPackage().isAnnotatedWith(NullMarked.class)) {
                    events.add(
                            SimpleConditionEvent.violated(
                                    type, type.getPackageName() + " is not null-marked"));
                }
            }
        };
    }
}
