package io.headwater.query;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.simpleName;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import io.headwater.query.platform.access.Personal;
import io.headwater.query.platform.view.Reads;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.springframework.web.bind.annotation.GetMapping;

@AnalyzeClasses(packages = "io.headwater.query", importOptions = DoNotIncludeTests.class)
class ArchitectureTest {
    private static final Path SOURCES = Path.of("src/main/java");
    private static final Pattern WRITES =
            Pattern.compile(
                    "(?i)\"[^\"]*\\b(insert\\s+into|update\\s+\\w+\\s+set|delete\\s+from|truncate|create\\s+(table|or)|drop\\s+\\w+)\\b");

    /// Asks the projectors, which is the one thing that is written.
    private static final Path ASKS = Path.of("io/headwater/query/projection/RebuildRequests.java");

    private static final String REQUEST = "insert into ops.request ";
    private static final Pattern FOREIGN_TABLES =
            Pattern.compile(
                    "\\b(?:from|join)\\s+(?!read\\.|ops\\.|pg_views)([a-z_]+\\.[a-z_0-9]+)");

    @ArchTest
    static final ArchRule featuresDoNotImportEachOther =
            slices().matching("io.headwater.query.(*)..")
                    .should()
                    .notDependOnEachOther()
                    .ignoreDependency(
                            DescribedPredicate.alwaysTrue(),
                            resideInAPackage("io.headwater.query.platform.."));

    @ArchTest
    static final ArchRule platformKnowsNoFeature =
            noClasses()
                    .that()
                    .resideInAPackage("io.headwater.query.platform..")
                    .should()
                    .dependOnClassesThat(
                            resideInAPackage("io.headwater.query..")
                                    .and(
                                            DescribedPredicate.not(
                                                    resideInAPackage(
                                                            "io.headwater.query.platform.."))));

    @ArchTest
    static final ArchRule whoeverKnowsAnAddressCanMaskIt =
            classes()
                    .that(namesAPerson())
                    .and()
                    .areNotAssignableTo(io.headwater.query.platform.access.Mask.class)
                    .should()
                    .beAssignableTo(Personal.class);

    @ArchTest
    static final ArchRule whoeverAnswersFromViewsSaysWhich =
            methods()
                    .that()
                    .areAnnotatedWith(GetMapping.class)
                    .and()
                    .areDeclaredInClassesThat(
                            resideInAnyPackage(
                                            "..lead..",
                                            "..session..",
                                            "..intake..",
                                            "..analytics..")
                                    // What it reads is told by projectors.
                                    .and(not(simpleName("LeadHistoryController"))))
                    .should()
                    .beAnnotatedWith(Reads.class)
                    .orShould()
                    .beDeclaredInClassesThat()
                    .areAnnotatedWith(Reads.class);

    @ArchTest
    static final ArchRule nobodyIsAskedWhileAnAnswerKeepsAConnection =
            methods()
                    .that()
                    .areAnnotatedWith(Reads.class)
                    .or()
                    .areDeclaredInClassesThat()
                    .areAnnotatedWith(Reads.class)
                    .should(askNobody());

    private static ArchCondition<JavaMethod> askNobody() {
        return new ArchCondition<>("ask no other application") {
            @Override
            public void check(JavaMethod method, ConditionEvents events) {
                for (var call : method.getMethodCallsFromSelf()) {
                    if (call.getTargetOwner().getPackageName().endsWith(".platform.forward")) {
                        events.add(SimpleConditionEvent.violated(call, call.getDescription()));
                    }
                }
            }
        };
    }

    private static DescribedPredicate<JavaClass> namesAPerson() {
        return DescribedPredicate.describe(
                "are views with an e-mail address, a phone number or an address of a page",
                type ->
                        type.getSimpleName().endsWith("View")
                                && type.getFields().stream()
                                        .anyMatch(field ->
                                                field.getName().equals("email")
                                                        || field.getName().equals("phone")
                                                        || field.getName().equals("referrer")));
    }

    @Test
    void noSqlWritesAndOnlyReadAndOpsAreRead() throws IOException {
        try (var files = Files.walk(SOURCES)) {
            for (Path file : files.filter(path -> path.toString().endsWith(".java")).toList()) {
                String text = Files.readString(file);
                String asked = file.endsWith(ASKS) ? text.replace(REQUEST, "") : text;
                assertThat(WRITES.matcher(asked.replace("\"\"\"", "\"").replace('\n', ' ')).find())
                        .as(file + " writes")
                        .isFalse();
                assertThat(
                                FOREIGN_TABLES
                                        .matcher(text.replace('\n', ' '))
                                        .results()
                                        .map(found -> found.group(1))
                                        .filter(name -> !name.startsWith("java."))
                                        .toList())
                        .as("tables in " + file)
                        .isEmpty();
            }
        }
    }

    @Test
    void everyPackageIsNullMarked() throws IOException {
        try (var folders = Files.walk(SOURCES)) {
            for (Path folder : folders.filter(Files::isDirectory).toList()) {
                boolean hasClasses;
                try (var files = Files.list(folder)) {
                    hasClasses = files.anyMatch(path -> path.toString().endsWith(".java"));
                }
                if (hasClasses) {
                    assertThat(folder.resolve("package-info.java"))
                            .content()
                            .contains("@NullMarked");
                }
            }
        }
    }
}
