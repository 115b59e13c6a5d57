package io.headwater.jobs.replay;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import org.springframework.stereotype.Component;

/// `replay.record.read = replay.record.archived + replay.record.parked`, counted when the offsets
/// are committed. What was archived of sessions that are erased was not written
/// (`replay.object.erased`).
@Component
final class ArchiveMetrics {

    final Counter recordsRead;
    final Counter recordsArchived;
    final Counter recordsParked;
    final Counter eventsArchived;
    final Counter objectsWritten;
    final Counter objectsErased;
    final Counter putsFailed;
    final Counter consumersRestarted;

    ArchiveMetrics(MeterRegistry registry) {
        recordsRead = registry.counter("replay.record.read");
        recordsArchived = registry.counter("replay.record.archived");
        recordsParked = registry.counter("replay.record.parked");
        eventsArchived = registry.counter("replay.event.archived");
        objectsWritten = registry.counter("replay.object.written");
        objectsErased = registry.counter("replay.object.erased");
        putsFailed = registry.counter("replay.put.failed");
        consumersRestarted = registry.counter("replay.consumer.restarted");
    }
}
