package io.headwater.launcher;

import java.net.ConnectException;
import java.net.http.HttpConnectTimeoutException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/// Leads and tracked events from many clients at once, until it is told to stop; every request is
/// in the ledger before it is sent.
final class FaultLoad implements AutoCloseable {

    private static final int LEAD_CLIENTS = 12;
    private static final int VISIT_CLIENTS = 4;

    /// A random pause up to this keeps the clients from waiting all for the same commit.
    private static final Duration LONGEST_PAUSE = Duration.ofMillis(30);

    /// While nothing answers the load leaves the processors to the recovery.
    private static final long REFUSED_PAUSE_NANOS = 100_000_000;

    private final Caller caller = new Caller();
    private final LaunchedPlatform platform;
    private final TestSite site;
    private final Ledger leads = new Ledger();
    private final Ledger clicks = new Ledger();
    private final AtomicInteger number = new AtomicInteger();
    private final List<Thread> clients = new ArrayList<>();
    private final long longestPauseNanos;
    private volatile boolean stopping;

    FaultLoad(LaunchedPlatform platform, TestSite site, List<String> sessions) {
        this(platform, site, sessions, LONGEST_PAUSE);
    }

    /// @param longestPause of a client between two requests; it is half as long on the average
    FaultLoad(
            LaunchedPlatform platform,
            TestSite site,
            List<String> sessions,
            Duration longestPause) {
        this.platform = platform;
        this.longestPauseNanos = longestPause.toNanos();
        this.site = site;
        for (int i = 0; i < LEAD_CLIENTS; i++) {
            clients.add(Thread.ofPlatform().name("leads-" + i).start(this::captureLeads));
        }
        for (int i = 0; i < VISIT_CLIENTS; i++) {
            String session = sessions.get(i % sessions.size());
            clients.add(Thread.ofPlatform().name("clicks-" + i).start(() -> click(session)));
        }
    }

    /// By e-mail address.
    Ledger leads() {
        return leads;
    }

    /// By number.
    Ledger clicks() {
        return clicks;
    }

    private void captureLeads() {
        while (!stopping) {
            String email = "fault-%d@example.com".formatted(number.incrementAndGet());
            send(
                    leads,
                    email,
                    "/lead.capture",
                    "{\"email\":\"%s\",\"utm_source\":\"fault\"}".formatted(email),
                    site.integration());
        }
    }

    private void click(String session) {
        while (!stopping) {
            send(
                    clicks,
                    String.valueOf(number.incrementAndGet()),
                    "/track/event",
                    "{\"session_id\":\"%s\",\"event_type\":\"click\",\"page\":\"/fault\"}"
                            .formatted(session),
                    Map.of());
        }
    }

    private void send(
            Ledger ledger, String id, String path, String body, Map<String, String> headers) {
        ledger.sending(id);
        try {
            var answer =
                    caller.post(
                            platform.commandApi().resolve(path), Caller.JSON_TYPE, body, headers);
            ledger.answered(id, answer);
            LockSupport.parkNanos(
                    answer.status() == 503
                            ? REFUSED_PAUSE_NANOS
                            : ThreadLocalRandom.current().nextLong(longestPauseNanos));
        } catch (Caller.Unanswered e) {
            ledger.unanswered(
                    id,
                    !(e.getCause() instanceof ConnectException
                            || e.getCause() instanceof HttpConnectTimeoutException));
            LockSupport.parkNanos(REFUSED_PAUSE_NANOS);
        }
    }

    @Override
    public void close() {
        stopping = true;
        try {
            for (Thread client : clients) {
                client.join();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
