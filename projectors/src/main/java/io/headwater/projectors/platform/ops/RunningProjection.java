package io.headwater.projectors.platform.ops;

import io.headwater.projectors.platform.Generation;
import io.headwater.projectors.platform.Projection;
import io.headwater.projectors.platform.State;
import io.headwater.projectors.platform.bulk.Progress;
import io.headwater.projectors.platform.bulk.RunningBackfill;
import io.headwater.projectors.platform.lag.LogEnds;
import io.headwater.projectors.platform.sink.SinkStatus;
import io.headwater.projectors.platform.sink.ViewSink;
import io.headwater.projectors.platform.streams.Flood;
import io.headwater.projectors.platform.streams.SourceGate;
import io.headwater.streams.StreamsApp;
import org.jspecify.annotations.Nullable;

/// One generation with its two halves, a fold and a sink, each started as soon as what it needs is
/// there.
final class RunningProjection {

    private final Projection projection;
    private final Generation generation;
    private volatile @Nullable StreamsApp fold;
    private volatile @Nullable ViewSink sink;
    private volatile @Nullable RunningBackfill backfill;
    private final SourceGate gate = new SourceGate();
    private volatile State state;
    private volatile @Nullable Flood flood;
    private volatile @Nullable String refusal;

    RunningProjection(Projection projection, Generation generation, State state) {
        this.projection = projection;
        this.generation = generation;
        this.state = state;
    }

    LogEnds.Followed followed() {
        return new LogEnds.Followed(generation, projection.sources());
    }

    /// In front of its events.
    SourceGate gate() {
        return gate;
    }

    /// As last read from Postgres.
    void state(State state) {
        this.state = state;
    }

    /// A generation that is being made stops at the first row that cannot be written: it is made
    /// anew after the fix. One that is read parks the row and goes on.
    boolean stopsOnPoison() {
        return state.isBuilding();
    }

    /// Not read yet, and its first rows are there.
    boolean isArriving() {
        return state.isBuilding() && backfill == null && hasFold();
    }

    boolean hasFold() {
        return fold != null || refusal != null;
    }

    boolean hasSink() {
        return sink != null;
    }

    Projection projection() {
        return projection;
    }

    Generation generation() {
        return generation;
    }

    /// Known events that cannot be folded are passed over while it is being made: there may be many
    /// of them, and the live generation passed over them, too.
    boolean stopsOnFlood() {
        return !state.isBuilding();
    }

    /// A fold that does not start is let go of; the next attempt has one of its own.
    ///
    /// @param flood its circuit
    synchronized void start(StreamsApp fold, Flood flood) {
        this.flood = flood;
        try {
            fold.start();
        } catch (RuntimeException unable) {
            fold.close();
            throw unable;
        }
        this.fold = fold;
    }

    /// The fold is not started: it would do harm.
    ///
    /// @param reason for people, with the way out
    void refuse(String reason) {
        refusal = reason;
    }

    /// A fold whose circuit opened is let go of for good: it would only try the same again.
    void stopWhenFlooded() {
        var flood = this.flood;
        var fold = this.fold;
        String why = flood == null ? null : flood.reason();
        if (why != null && fold != null && refusal == null) {
            refuse(why);
            Thread.ofVirtual().name("flooded-" + generation).start(fold::close);
        }
    }

    boolean isRefused() {
        return refusal != null;
    }

    synchronized void start(ViewSink sink) {
        this.sink = sink;
        sink.start();
    }

    /// Its first rows are made by this; neither fold nor sink run meanwhile.
    void start(RunningBackfill backfill) {
        this.backfill = backfill;
    }

    boolean hasBackfill() {
        return backfill != null;
    }

    /// Null when its first rows are there.
    @Nullable Progress backfill() {
        var running = backfill;
        return running == null ? null : running.progress();
    }

    void endBackfill() {
        var over = backfill;
        backfill = null;
        if (over != null) {
            over.close();
        }
    }

    /// Fold first: what it still commits the sink finds at the next start.
    void stop() {
        endBackfill();
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
        var progress = backfill();
        if (progress != null) {
            return progress.waits() == null && progress.stopped() == null;
        }
        var fold = this.fold;
        return refusal == null
                && fold != null
                && fold.isRunning()
                && sinkStatus().state() == SinkStatus.State.RUNNING;
    }

    String describeFold() {
        var progress = backfill();
        if (progress != null) {
            return "waits for its backfill (" + progress.step() + ")";
        }
        var fold = this.fold;
        String refused = refusal;
        if (refused != null) {
            return "refused: " + refused;
        }
        return fold == null ? "waits for Kafka" : fold.describe();
    }

    SinkStatus sinkStatus() {
        var sink = this.sink;
        return sink == null
                ? new SinkStatus(
                        SinkStatus.State.STARTING, 0, "waits for Postgres and for the fold")
                : sink.status();
    }

    /// What is wrong, for people; null when nothing is. First what does not pass by itself.
    @Nullable String reason() {
        var progress = backfill();
        if (progress != null) {
            return progress.stopped() == null ? progress.waits() : progress.stopped();
        }
        var written = sinkStatus();
        String reason = written.reason();
        if (written.state() == SinkStatus.State.STOPPED && reason != null) {
            return "sink " + reason;
        }
        var fold = this.fold;
        if (refusal != null || fold == null || !fold.isRunning()) {
            return "fold " + describeFold();
        }
        return reason == null ? null : "sink " + reason;
    }
}
