package io.headwater.projectors;

import io.headwater.schema.SampleEvents;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/// Visits and leads of a site that go on until they are stopped: about 500 records a second as far
/// as the machine gives them.
final class LiveTraffic implements AutoCloseable {

    private static final long PAUSE_NANOS = 6_000_000;

    private final Platform platform;
    private final String site;
    private final Thread thread;
    private final AtomicLong events = new AtomicLong();
    private volatile boolean stopping;
    private volatile @Nullable Throwable died;

    LiveTraffic(Platform platform, String site) {
        this.platform = platform;
        this.site = site;
        thread = Thread.ofPlatform().name("live-traffic").start(this::run);
    }

    boolean isRunning() {
        return thread.isAlive();
    }

    /// Events of its visits, all of them at the brokers.
    long events() {
        return events.get();
    }

    void stop() throws Exception {
        stopping = true;
        thread.join();
        if (died != null) {
            throw new AssertionError("the traffic died", died);
        }
        platform.flush();
    }

    @Override
    public void close() throws Exception {
        stop();
    }

    private void run() {
        try {
            for (int i = 0; !stopping; i++) {
                String visitor = site + "-visitor-" + i % 50;
                String session = SampleEvents.session(visitor, i / 3);
                platform.track(session, Events.start(session, visitor, site));
                platform.track(session, Events.viewed(session, i % 600, "/" + i % 7));
                events.addAndGet(2);
                if (i % 10 == 0) {
                    String lead = site + "_" + i;
                    platform.lead(
                            site, SampleEvents.leadCaptured(lead, Events.submission(site, i)));
                    platform.receipt(site, Events.receipt(site, i));
                }
                LockSupport.parkNanos(PAUSE_NANOS);
            }
        } catch (RuntimeException failure) {
            died = failure;
        }
    }
}
