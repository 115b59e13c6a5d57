package io.headwater.projectors.platform.ops;

import io.headwater.projectors.platform.Generation;
import io.headwater.projectors.platform.Projection;
import io.headwater.projectors.platform.sink.SinkStatus;
import io.headwater.projectors.platform.sink.ViewSink;
import io.headwater.projectors.platform.streams.FoldApp;
import org.jspecify.annotations.Nullable;

/// One generation with its two halves, each started as soon as what it needs is there: the fold
/// needs Kafka, the sink needs Kafka and Postgres.
final class RunningProjection {

    private final Projection projection;
    private final Generation generation;
    private volatile @Nullable FoldApp fold;
    private volatile @Nullable ViewSink sink;

    RunningProjection(Projection projection, Generation generation) {
        this.projection = projection;
        this.generation = generation;
    }

    Projection projection() {
        return projection;
    }

    Generation generation() {
        return generation;
    }

    synchronized void start(FoldApp fold) {
        this.fold = fold;
        fold.start();
    }

    synchronized void start(ViewSink sink) {
        this.sink = sink;
        sink.start();
    }

    /// Fold first: what it still commits the sink finds at the next start.
    void stop() {
        var fold = this.fold;
        if (fold != null) {
            fold.close();
        }
        var sink = this.sink;
        if (sink != null) {
            sink.close();
        }
    }

    /// Rows flow, or this instance waits for its turn.
    boolean isHealthy() {
        var fold = this.fold;
        return fold != null && fold.isRunning() && sinkStatus().state() == SinkStatus.State.RUNNING;
    }

    String describeFold() {
        var fold = this.fold;
        return fold == null ? "waits for Kafka" : fold.describe();
    }

    SinkStatus sinkStatus() {
        var sink = this.sink;
        return sink == null
                ? new SinkStatus(
                        SinkStatus.State.STARTING, 0, "waits for Postgres and for the fold")
                : sink.status();
    }

    /// What is wrong, for people; null when nothing is.
    @Nullable String reason() {
        var fold = this.fold;
        if (fold == null || !fold.isRunning()) {
            return "fold " + describeFold();
        }
        String reason = sinkStatus().reason();
        return reason == null ? null : "sink " + reason;
    }
}
