package io.headwater.jobs.archive;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.concurrent.atomic.AtomicReference;
import org.springframework.stereotype.Component;

/// What was archived, and how far behind it is.
@Component
final class LogArchiveMetrics {

    final Counter recordsArchived;
    final Counter rangesPublished;
    final Counter bytesPublished;
    final Counter rangesExpired;
    final Counter attemptsFailed;
    final Counter offsetsLost;
    final Counter consumersRestarted;
    private final AtomicReference<LogArchiveState> state;

    LogArchiveMetrics(MeterRegistry registry) {
        recordsArchived = registry.counter("archive.record.archived");
        rangesPublished = registry.counter("archive.range.published");
        bytesPublished = registry.counter("archive.byte.published");
        rangesExpired = registry.counter("archive.range.expired");
        attemptsFailed = registry.counter("archive.attempt.failed");
        offsetsLost = registry.counter("archive.offset.lost");
        consumersRestarted = registry.counter("archive.consumer.restarted");
        state = new AtomicReference<>(LogArchiveState.NOTHING);
        Gauge.builder("archive.lag.age", state, now -> now.get().lagAge().toMillis() / 1000.0)
                .description("age of the oldest record that is not archived")
                .baseUnit("seconds")
                .register(registry);
        Gauge.builder("archive.lag.offsets", state, now -> now.get().lagOffsets())
                .description("offsets between the archive and the ends of the topics")
                .register(registry);
    }

    LogArchiveState state() {
        return state.get();
    }

    void state(LogArchiveState now) {
        state.set(now);
    }
}
