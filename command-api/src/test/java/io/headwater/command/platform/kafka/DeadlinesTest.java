package io.headwater.command.platform.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class DeadlinesTest {

    @Test
    void failsWhatIsLateAndNothingElse() {
        var deadlines = new Deadlines(Duration.ZERO);
        var late = new CompletableFuture<Void>();
        var done = CompletableFuture.<Void>completedFuture(null);
        deadlines.watch(done);
        deadlines.watch(late);

        deadlines.look();

        assertThat(done).isCompletedWithValue(null);
        assertThatThrownBy(late::join)
                .hasCauseInstanceOf(LogUnavailableException.class)
                .hasRootCauseMessage("the log did not confirm in time");
    }

    @Test
    void leavesAloneWhatHasTime() {
        var deadlines = new Deadlines(Duration.ofHours(1));
        var early = new CompletableFuture<Void>();
        deadlines.watch(early);

        deadlines.look();

        assertThat(early).isNotDone();
    }

    @Test
    void looksByItself() {
        try (var deadlines = new Deadlines(Duration.ofMillis(1))) {
            deadlines.start();
            var late = new CompletableFuture<Void>();
            deadlines.watch(late);

            await().until(late::isCompletedExceptionally);
        }
    }
}
