package io.headwater.query.platform.live;

import io.headwater.query.platform.access.Caller;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;

/// Events on their way to one client. The hub offers, the client's own thread takes.
final class Subscription {
    /// Wakes the client's thread when the stream ends.
    private static final LiveEvent WAKE = new LiveEvent("wake", null, null, "", false);

    private final Caller caller;
    private final boolean hears;
    private final BlockingQueue<LiveEvent> waiting;
    private volatile boolean open = true;

    Subscription(Caller caller, int backlog) {
        this(caller, backlog, true);
    }

    private Subscription(Caller caller, int backlog, boolean hears) {
        this.caller = caller;
        this.hears = hears;
        this.waiting = new ArrayBlockingQueue<>(backlog);
    }

    /// Only its end is told.
    static Subscription deaf(Caller caller) {
        return new Subscription(caller, 1, false);
    }

    boolean hears() {
        return hears;
    }

    boolean maySee(LiveEvent event) {
        return hears && (caller.isAdmin() || !event.adminOnly());
    }

    /// @return false when the client is too slow: its stream is over
    boolean offer(LiveEvent event) {
        if (!maySee(event) || waiting.offer(event)) {
            return true;
        }
        end();
        return false;
    }

    void end() {
        open = false;
        waiting.clear();
        waiting.add(WAKE);
    }

    boolean isOpen() {
        return open;
    }

    /// @return empty when nothing came for so long, or the stream ended
    Optional<LiveEvent> next(Duration longest) throws InterruptedException {
        LiveEvent event = waiting.poll(longest.toMillis(), TimeUnit.MILLISECONDS);
        return Optional.ofNullable(event == WAKE ? null : event);
    }
}
