package io.headwater.launcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.headwater.backends.BackendException;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class SupervisorTest {
    private static final Instant NOON = Instant.parse("2026-11-21T12:00:00Z");

    private final Supervisor supervisor = new Supervisor(new Progress(), Duration.ZERO);

    @Test
    void aComponentThatKeepsEndingIsGivenUp() {
        var starts = new AtomicInteger();

        supervisor.watch(
                "kafka",
                CompletableFuture.completedFuture(1),
                () -> {
                    starts.incrementAndGet();
                    return CompletableFuture.completedFuture(1);
                });

        assertThat(supervisor.givenUp())
                .succeedsWithin(Duration.ofSeconds(60))
                .asString()
                .contains("kafka ended with status 1");
        assertThat(starts).hasValue(5);
    }

    @Test
    void aStartThatFailsCountsAsOneOfTheRestarts() {
        var starts = new AtomicInteger();
        var runs = new CompletableFuture<Integer>();

        supervisor.watch(
                "postgres",
                CompletableFuture.completedFuture(3),
                () -> {
                    if (starts.incrementAndGet() < 4) {
                        throw new BackendException("port taken");
                    }
                    return runs;
                });

        await().atMost(Duration.ofSeconds(60)).until(() -> starts.get() == 4);
        assertThat(supervisor.givenUp()).isNotDone();
    }

    @Test
    void whatNeverStartsIsGivenUpWithTheReason() {
        var starts = new AtomicInteger();

        supervisor.watch(
                "postgres",
                CompletableFuture.completedFuture(3),
                () -> {
                    starts.incrementAndGet();
                    throw new BackendException("port taken");
                });

        assertThat(supervisor.givenUp())
                .succeedsWithin(Duration.ofSeconds(60))
                .asString()
                .contains("postgres does not come back: port taken");
        assertThat(starts).hasValue(5);
    }

    @Test
    void whatEndsWhileStoppingIsNotStartedAgain() {
        var starts = new AtomicInteger();
        var exit = new CompletableFuture<Integer>();
        supervisor.watch(
                "kafka",
                exit,
                () -> {
                    starts.incrementAndGet();
                    return exit;
                });

        supervisor.stopWatching();
        exit.complete(0);

        assertThat(supervisor.givenUp()).isNotDone();
        assertThat(starts).hasValue(0);
    }

    @Test
    void oldRestartsAreForgotten() {
        for (int i = 0; i < 5; i++) {
            assertThat(supervisor.mayRestart("s3", NOON)).isTrue();
        }
        assertThat(supervisor.mayRestart("s3", NOON)).isFalse();
        assertThat(supervisor.mayRestart("s3", NOON.plusSeconds(601))).isTrue();
        assertThat(supervisor.mayRestart("kafka", NOON)).isTrue();
    }
}
