package io.headwater.command;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import org.jspecify.annotations.NullMarked;

@AnalyzeClasses(
        packages = "io.headwater.command",
        importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

    @ArchTest
    static final ArchRule featuresDoNotImportEachOther =
            slices().matching("io.headwater.command.(access|intake|lead|suppression|tracking)..")
                    .should()
                    .notDependOnEachOther();

    @ArchTest
    static final ArchRule platformKnowsNoFeature =
            noClasses()
                    .that()
                    .resideInAPackage("..command.platform..")
                    .should()
                    .dependOnClassesThat()
                    .resideInAnyPackage(
                            "..command.access..",
                            "..command.intake..",
                            "..command.lead..",
                            "..command.suppression..",
                            "..command.tracking..");

    @ArchTest
    static final ArchRule appsNeverImportEachOther =
            noClasses()
                    .should()
                    .dependOnClassesThat()
                    .resideInAnyPackage(
                            "io.headwater.jobs..",
                            "io.headwater.projectors..",
                            "io.headwater.query..",
                            "io.headwater.launcher..");

    @ArchTest
    static final ArchRule decidingKnowsNoSpringAndNoDatabase =
            noClasses()
                    .that()
                    .resideInAnyPackage("..command.lead..", "..command.access")
                    .and()
                    .haveSimpleNameNotEndingWith("Configuration")
                    .and()
                    .haveSimpleNameNotEndingWith("Settings")
                    .and()
                    .resideOutsideOfPackage("..command.lead.http..")
                    .and()
                    .areNotAnonymousClasses()
                    .should()
                    .dependOnClassesThat()
                    .resideInAnyPackage("org.springframework..", "java.sql..", "jakarta..");

    @ArchTest
    static final ArchRule entitiesKnowNoKafka =
            noClasses()
                    .that()
                    .haveNameMatching(".*\\.(lead\\.Lead|access\\.Site)(Command|Event)?(\\$.*)?")
                    .or()
                    .resideInAPackage("..command.lead.life..")
                    .or()
                    .haveNameMatching(".*\\.lead\\.(Triage|PrimaryLead|Identities)(\\$.*)?")
                    .should()
                    .dependOnClassesThat()
                    .resideInAPackage("org.apache.kafka..");

    /// Axon marks the rest as internal, and has changed it between minor versions.
    @ArchTest
    static final ArchRule onlyPlatformAxonTouchesAxonBeyondItsAnnotations =
            noClasses()
                    .that()
                    .resideOutsideOfPackage("..command.platform.axon..")
                    .should()
                    .dependOnClassesThat(
                            JavaClass.Predicates.resideInAPackage("org.axonframework..")
                                    .and(
                                            JavaClass.Predicates.resideOutsideOfPackages(
                                                    "..annotation..",
                                                    "..eventhandling.gateway..")));

    @ArchTest
    static final ArchRule everyPackageIsNullMarked =
            classes()
                    .should(
                            new ArchCondition<>("live in a null-marked package") {
                                @Override
                                public void check(JavaClass type, ConditionEvents events) {
                                    boolean marked =
                                            type.getPackage().isAnnotatedWith(NullMarked.class);
                                    events.add(
                                            new SimpleConditionEvent(
                                                    type,
                                                    marked,
                                                    type.getPackageName()
                                                            + " of "
                                                            + type.getName()));
                                }
                            });
}
