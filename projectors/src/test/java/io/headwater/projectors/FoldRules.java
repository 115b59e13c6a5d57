package io.headwater.projectors;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;

import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

/// What a fold may not do, because the same events would then not give the same rows: one rule for
/// each way out of the record and the state. `docs/determinism.md` tells what to do instead.
///
/// Calls are found in method references and lambdas too; whoever calls a helper outside the folds
/// is looked after by [FoldReach].
enum FoldRules {

    /// Event time comes with the event. Stream time is a clock as well: it depends on what other
    /// keys did before.
    CLOCK(
            "read no clock",
            type ->
                    in(type, "java.time.Clock", "java.time.InstantSource")
                            || in(type, "java.util.Date", "java.util.Calendar")
                            || type.isEquivalentTo(org.apache.kafka.common.utils.Time.class),
            call ->
                    ofPackage(call, "java.time") && call.getName().equals("now")
                            || ofAny(call, System.class)
                                    && named(call, "currentTimeMillis", "nanoTime")
                            || ofPackage(call, "org.apache.kafka.streams")
                                    && named(
                                            call,
                                            "currentSystemTimeMs",
                                            "currentStreamTimeMs",
                                            "schedule",
                                            "suppress")),

    /// Ids come with the command that caused the event.
    DICE(
            "throw no dice",
            type ->
                    in(
                                    type,
                                    "java.util.Random",
                                    "java.util.SplittableRandom",
                                    "java.security.SecureRandom")
                            || type.getName().equals("java.util.concurrent.ThreadLocalRandom")
                            || type.getPackageName().equals("java.util.random"),
            call ->
                    ofAny(call, Math.class, StrictMath.class) && named(call, "random")
                            || ofAny(call, java.util.Collections.class) && named(call, "shuffle")
                            || ofAny(call, java.util.UUID.class) && named(call, "randomUUID")
                            || ofAny(call, System.class) && named(call, "identityHashCode")),

    /// Whatever is looked up may answer otherwise next time, or not at all.
    OUTSIDE(
            "reach nothing outside",
            type ->
                    FoldRules.isOutside(type)
                            || in(type, "java.lang.Process", "java.lang.ProcessBuilder"),
            call ->
                    ofAny(call, Class.class, ClassLoader.class, Module.class)
                                    && call.getName().startsWith("getResource")
                            || ofAny(call, System.class)
                                    && named(call, "in", "out", "err", "load", "loadLibrary")),

    /// Another machine speaks another language and lives in another zone.
    SURROUNDINGS(
            "ask nothing of their surroundings",
            type ->
                    type.getPackageName().equals("java.text") && !in(type, "java.text.Normalizer")
                            || in(type, "java.lang.Runtime", "java.util.Scanner")
                            || type.getName().equals("java.util.Formatter")
                            || type.getPackageName().startsWith("java.lang.management"),
            FoldRules::asksSurroundings),

    /// One record after the other: what runs beside is in no order.
    THREADS(
            "start no thread and wait for none",
            type ->
                    in(type, "java.lang.Thread", "java.lang.ThreadGroup", "java.lang.ThreadLocal")
                            || in(type, "java.lang.InheritableThreadLocal")
                            || in(type, "java.util.Timer", "java.util.TimerTask")
                            || type.getPackageName().startsWith("java.util.concurrent"),
            call ->
                    ofPackage(call, "java.util") && named(call, "parallel", "parallelStream")
                            || ofPackage(call, "java.util") && call.getName().startsWith("parallel")
                            || ofAny(call, Object.class)
                                    && named(call, "wait", "notify", "notifyAll"));

    private static final Set<String> HARMLESS =
            Set.of(
                    "java.io.Serializable",
                    "java.io.IOException",
                    "java.io.UncheckedIOException",
                    "java.net.URI",
                    "java.net.URISyntaxException");

    private static final List<String> OUTSIDE_PACKAGES =
            List.of(
                    "java.io",
                    "java.net",
                    "java.nio.channels",
                    "java.nio.file",
                    "java.rmi",
                    "java.sql",
                    "javax.naming",
                    "javax.net",
                    "javax.sql",
                    "org.apache.kafka.clients",
                    "org.postgresql",
                    "org.slf4j",
                    "org.springframework.jdbc",
                    "org.springframework.web");

    private final String should;
    private final Predicate<JavaClass> types;
    private final Predicate<JavaAccess<?>> calls;

    FoldRules(String should, Predicate<JavaClass> types, Predicate<JavaAccess<?>> calls) {
        this.should = should;
        this.types = types;
        this.calls = calls;
    }

    /// For the classes of these packages.
    ArchRule on(String... packages) {
        return classes().that().resideInAnyPackage(packages).should(keep());
    }

    /// @return whether this one call breaks the rule
    boolean forbids(JavaAccess<?> call) {
        return types.test(call.getTargetOwner()) || calls.test(call);
    }

    private ArchCondition<JavaClass> keep() {
        return new ArchCondition<>(should) {
            @Override
            public void check(JavaClass type, ConditionEvents events) {
                type.getDirectDependenciesFromSelf().stream()
                        .filter(one -> types.test(one.getTargetClass().getBaseComponentType()))
                        .forEach(one ->
                                events.add(
                                        SimpleConditionEvent.violated(one, one.getDescription())));
                type.getAccessesFromSelf().stream()
                        .filter(calls)
                        .forEach(one ->
                                events.add(
                                        SimpleConditionEvent.violated(one, one.getDescription())));
            }
        };
    }

    private static boolean isOutside(JavaClass type) {
        String name = type.getPackageName();
        return !HARMLESS.contains(type.getName())
                && OUTSIDE_PACKAGES.stream()
                        .anyMatch(one -> name.equals(one) || name.startsWith(one + "."));
    }

    private static boolean asksSurroundings(JavaAccess<?> call) {
        boolean alone = !takesLocale(call);
        return ofAny(call, System.class)
                        && named(call, "getenv", "getProperty", "getProperties", "lineSeparator")
                || ofAny(call, Boolean.class) && named(call, "getBoolean")
                || ofAny(call, Integer.class) && named(call, "getInteger")
                || ofAny(call, Long.class) && named(call, "getLong")
                || ofAny(call, java.util.Locale.class) && named(call, "getDefault")
                || ofAny(call, java.util.TimeZone.class) && named(call, "getDefault")
                || ofAny(call, java.time.ZoneId.class) && named(call, "systemDefault")
                || ofAny(call, java.nio.charset.Charset.class) && named(call, "defaultCharset")
                || ofAny(call, String.class)
                        && alone
                        && named(call, "toLowerCase", "toUpperCase", "format", "formatted")
                || ofAny(call, String.class)
                        && named(call, "getBytes")
                        && call.getTarget().getFullName().endsWith("getBytes()")
                || ofAny(call, String.class)
                        && call.getTarget().getFullName().endsWith("<init>([B)")
                || ofPackage(call, "java.time.format")
                        && alone
                        && (named(call, "ofPattern", "toFormatter")
                                || call.getName().startsWith("ofLocalized"));
    }

    private static boolean takesLocale(JavaAccess<?> call) {
        return call.getTarget().getFullName().contains("java.util.Locale");
    }

    private static boolean in(JavaClass type, String... names) {
        return List.of(names).contains(type.getName());
    }

    private static boolean named(JavaAccess<?> call, String... names) {
        return List.of(names).contains(call.getName());
    }

    private static boolean ofAny(JavaAccess<?> call, Class<?>... owners) {
        return List.of(owners).stream().anyMatch(call.getTargetOwner()::isEquivalentTo);
    }

    private static boolean ofPackage(JavaAccess<?> call, String name) {
        String owner = call.getTargetOwner().getPackageName();
        return owner.equals(name) || owner.startsWith(name + ".");
    }
}
