package io.headwater.projectors;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.time.Clock;
import java.time.Instant;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.NullMarked;

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

    @ArchTest
    static final ArchRule foldsReachNothingOutside =
            noClasses()
                    .that()
                    .resideInAnyPackage(FOLDS)
                    .should()
                    .dependOnClassesThat()
                    .resideInAnyPackage(
                            "java.sql..",
                            "javax.sql..",
                            "java.net.http..",
                            "org.postgresql..",
                            "org.springframework.jdbc..",
                            "org.springframework.web..",
                            "org.apache.kafka.clients..");

    @ArchTest
    static final ArchRule foldsReadNoClockAndThrowNoDice =
            noClasses()
                    .that()
                    .resideInAnyPackage(FOLDS)
                    .should()
                    .dependOnClassesThat()
                    .belongToAnyOf(Clock.class, Random.class, ThreadLocalRandom.class, UUID.class)
                    .orShould()
                    .callMethod(Instant.class, "now")
                    .orShould()
                    .callMethod(System.class, "currentTimeMillis")
                    .orShould()
                    .callMethod(System.class, "nanoTime")
                    .orShould()
                    .callMethod(Math.class, "random");

    @ArchTest
    static final ArchRule foldsKeepNoStaticState =
            classes().that().resideInAnyPackage(FOLDS).should(haveOnlyFinalStatics());

    @ArchTest
    static final ArchRule everyPackageIsNullMarked = classes().should(beInANullMarkedPackage());

    private static ArchCondition<JavaClass> haveOnlyFinalStatics() {
        return new ArchCondition<>("have only final static fields") {
            @Override
            public void check(JavaClass type, ConditionEvents events) {
                type.getFields().stream()
                        .filter(field -> field.getModifiers().contains(JavaModifier.STATIC))
                        .filter(field -> !field.getModifiers().contains(JavaModifier.FINAL))
                        .forEach(field ->
                                events.add(
                                        SimpleConditionEvent.violated(
                                                field, field.getFullName() + " may change")));
            }
        };
    }

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
