package io.headwater.command.intake.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.zaxxer.hikari.HikariDataSource;
import io.headwater.backends.Backend;
import io.headwater.backends.TestBackends;
import io.headwater.command.platform.postgres.TestOpsDatabase;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.JsonNodeFactory;

/// Plans over real rows: two instances, a rate, a crash.
class PlanRunnerIT {

    private static final Duration LONG = Duration.ofSeconds(60);
    private static final PlanSettings SETTINGS =
            new PlanSettings(
                    Duration.ofMillis(100),
                    Duration.ofSeconds(2),
                    50,
                    500,
                    50_000,
                    Duration.ofDays(90));

    private final List<Instance> instances = new ArrayList<>();
    private final Decider decider = new Decider();

    /// Decides each command id once and remembers when it was asked.
    private static final class Decider implements PlanWork {
        final Map<String, Integer> asked = new ConcurrentHashMap<>();
        final ConcurrentLinkedQueue<Long> times = new ConcurrentLinkedQueue<>();

        @Override
        public Plan.Kind kind() {
            return Plan.Kind.RELEASE;
        }

        @Override
        public Steps begin(Plan plan, BooleanSupplier mine) {
            return item -> {
                times.add(System.nanoTime());
                asked.merge(plan.commandId(item, "release"), 1, Integer::sum);
                return CompletableFuture.completedFuture(
                        new Plan.Outcome("new_lead", null, "main_" + item.position()));
            };
        }

        @Override
        public CompletableFuture<Plan.Outcome> foretell(Plan plan, Plan.Item item) {
            return CompletableFuture.completedFuture(
                    new Plan.Outcome(item.position() % 2 == 0 ? "new_lead" : "linked", null, null));
        }
    }

    private record Instance(HikariDataSource pool, Plans plans, PlanRunner runner) {}

    private Instance instance(String name) {
        var pool = TestOpsDatabase.pool(TestBackends.shared(Backend.POSTGRES).jdbcUrl());
        var database = TestOpsDatabase.migrated(pool);
        var plans = new Plans(database, TestOpsDatabase.transactions(pool));
        var made =
                new Instance(
                        pool,
                        plans,
                        new PlanRunner(database, plans, SETTINGS, List.of(decider), name));
        instances.add(made);
        return made;
    }

    @AfterEach
    void stop() {
        instances.forEach(one -> {
            one.runner().stop();
            one.pool().close();
        });
    }

    private static Plan plan(Instance at, int steps, double rate) {
        return at.plans()
                .make(
                        new Plans.Wanted(
                                UUID.randomUUID().toString(),
                                Plan.Kind.RELEASE,
                                null,
                                rate,
                                JsonNodeFactory.instance.objectNode(),
                                "user:anna"),
                        IntStream.range(0, steps)
                                .mapToObj(i -> new Plan.Item(i, "main", "s" + i, null))
                                .toList());
    }

    private static void awaitStatus(Instance at, Plan plan, Plan.Status status) {
        await().atMost(LONG)
                .untilAsserted(() ->
                        assertThat(at.plans().find(plan.planId()).orElseThrow().status())
                                .isEqualTo(status));
    }

    @Test
    void isForetoldThenRunAndThenOver() {
        var one = instance("one");
        one.runner().start();
        var plan = plan(one, 7, 100);

        awaitStatus(one, plan, Plan.Status.READY);
        var foretold = one.plans().progress(plan.planId());
        one.plans().start(plan.planId());
        awaitStatus(one, plan, Plan.Status.DONE);

        assertThat(foretold.predicted()).isEqualTo(Map.of("new_lead", 4, "linked", 3));
        assertThat(foretold.done()).isZero();
        assertThat(one.plans().progress(plan.planId()).outcomes()).isEqualTo(Map.of("new_lead", 7));
        assertThat(one.plans().start(plan.planId())).isFalse();
        assertThat(one.plans().cancel(plan.planId())).isFalse();
    }

    @Test
    void anotherInstanceGoesOnWhereOneDiedAndKeepsTheRate() {
        var dying = instance("dying");
        dying.runner().start();
        var plan = plan(dying, 100, 20);
        awaitStatus(dying, plan, Plan.Status.READY);
        dying.plans().start(plan.planId());
        await().atMost(LONG).until(() -> dying.plans().progress(plan.planId()).done() >= 10);

        // whatever it still asks, it can write nothing down any more: as after kill -9
        dying.pool().close();
        var next = instance("next");
        next.runner().start();
        awaitStatus(next, plan, Plan.Status.DONE);

        var progress = next.plans().progress(plan.planId());
        assertThat(progress.outcomes()).isEqualTo(Map.of("new_lead", 100));
        assertThat(decider.asked).hasSize(100);
        var times = List.copyOf(decider.times);
        for (int i = 0; i + 31 < times.size(); i++) {
            assertThat(Duration.ofNanos(times.get(i + 31) - times.get(i)))
                    .as("31 steps at 20 a second, a round of 10 at once")
                    .isGreaterThan(Duration.ofMillis(900));
        }
    }

    @Test
    void twoInstancesDoNotWorkOnOnePlanAtOnce() {
        var one = instance("one");
        var two = instance("two");
        one.runner().start();
        two.runner().start();
        var plan = plan(one, 60, 100);
        awaitStatus(one, plan, Plan.Status.READY);
        one.plans().start(plan.planId());
        awaitStatus(two, plan, Plan.Status.DONE);

        assertThat(decider.asked.values()).hasSize(60).containsOnly(1);
    }

    @Test
    void aCancelledPlanStopsAndTellsWhatWasDone() {
        var one = instance("one");
        one.runner().start();
        var plan = plan(one, 1_000, 2);
        awaitStatus(one, plan, Plan.Status.READY);
        one.plans().start(plan.planId());
        await().atMost(LONG).until(() -> one.plans().progress(plan.planId()).done() >= 2);

        assertThat(one.plans().cancel(plan.planId())).isTrue();

        var progress = one.plans().progress(plan.planId());
        assertThat(progress.done()).isBetween(2, 20);
        assertThat(progress.remaining()).isEqualTo(1_000 - progress.done());
        assertThat(one.plans().find(plan.planId()).orElseThrow().status())
                .isEqualTo(Plan.Status.CANCELLED);
        assertThat(one.plans().start(plan.planId())).isFalse();
    }
}
