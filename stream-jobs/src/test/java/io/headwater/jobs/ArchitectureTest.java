package io.headwater.jobs;

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
        packages = "io.headwater.jobs",
        importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

    @ArchTest
    static final ArchRule featuresDoNotImportEachOther =
            slices().matching("io.headwater.jobs.(lead|replay|archive)..")
                    .should()
                    .notDependOnEachOther();

    @ArchTest
    static final ArchRule platformKnowsNoFeature =
            noClasses()
                    .that()
                    .resideInAPackage("..jobs.platform..")
                    .should()
                    .dependOnClassesThat()
                    .resideInAnyPackage("..jobs.lead..", "..jobs.replay..", "..jobs.archive..");

    @ArchTest
    static final ArchRule appsNeverImportEachOther =
            noClasses()
                    .should()
                    .dependOnClassesThat()
                    .resideInAnyPackage(
                            "io.headwater.command..",
                            "io.headwater.projectors..",
                            "io.headwater.query..",
                            "io.headwater.launcher..");

    @ArchTest
    static final ArchRule foldsAndTopologiesKnowNoSpring =
            noClasses()
                    .that()
                    .haveSimpleNameEndingWith("Fold")
                    .or()
                    .haveSimpleNameEndingWith("Topology")
                    .should()
                    .dependOnClassesThat()
                    .resideInAPackage("org.springframework..");

    @ArchTest
    static final ArchRule nobodyKnowsTheObjectStoresClient =
            noClasses()
                    .should()
                    .dependOnClassesThat()
                    .resideInAnyPackage("io.minio..", "okhttp3..");

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
