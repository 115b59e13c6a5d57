package io.headwater.projectors;

import io.headwater.schema.SampleEvents;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/// Visits and leads of a site that go on until they are stopped, at a steady pace. What the machine
/// holds up is made good, unless it is too slow for the pace.
final class LiveTraffic implements AutoCloseable {

    /// Leaves room for what is killed to come back on a small machine.
    private static final int USUAL_RATE = 300;

    private static final int EVENTS_OF_A_VISIT = 2;

    /// Visitors, who come so often and then never again: what a fold keeps of one stays small.
    private static final int AT_ONCE = 50;

    private static final int VISITS = 20;
    private static final double NANOS_PER_SECOND = 1e9;
    private static final long MADE_GOOD_NANOS = 1_000_000_000;

    private final Platform platform;
    private final String site;
    private final long pauseNanos;
    private final long begunNanos = System.nanoTime();
    private final Thread thread;
    private final AtomicLong events = new AtomicLong();
    private volatile boolean stopping;
    private volatile @Nullable Throwable died;

    LiveTraffic(Platform platform, String site) {
        this(platform, site, USUAL_RATE);
    }

    /// @param rate events of visits a second; with their sessions, leads and receipts a tenth more
    ///   records
    LiveTraffic(Platform platform, String site, int rate) {
        this.platform = platform;
        this.site = site;
        pauseNanos = (long) (EVENTS_OF_A_VISIT * NANOS_PER_SECOND / rate);
        thread = Thread.ofPlatform().name("live-traffic").start(this::run);
    }

    boolean isRunning() {
        return thread.isAlive();
    }

    /// Events of its visits; once it is stopped, all of them are at the brokers.
    long events() {
        return events.get();
    }

    /// Events a second since it began.
    double rate() {
        return events.get() * NANOS_PER_SECOND / (System.nanoTime() - begunNanos);
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
            long dueNanos = begunNanos;
            for (int i = 0; !stopping; i++) {
                int number = i % AT_ONCE + AT_ONCE * (i / (AT_ONCE * VISITS));
                String visitor = site + "-visitor-" + number;
                String session = SampleEvents.session(visitor, i / 3);
                platform.track(session, Events.start(session, visitor, site));
                platform.track(session, Events.viewed(session, i % 600, "/" + i % 7));
                events.addAndGet(EVENTS_OF_A_VISIT);
                if (i % 10 == 0) {
                    String lead = site + "_" + i;
                    platform.lead(
                            site, SampleEvents.leadCaptured(lead, Events.submission(site, i)));
                    platform.receipt(site, Events.receipt(site, i));
                }
                dueNanos = Math.max(dueNanos + pauseNanos, System.nanoTime() - MADE_GOOD_NANOS);
                LockSupport.parkNanos(dueNanos - System.nanoTime());
            }
        } catch (RuntimeException failure) {
            died = failure;
        }
    }
}
