package io.headwater.query.platform.live;

import io.headwater.query.platform.postgres.PostgresSettings;
import io.headwater.query.platform.web.HealthPart;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.postgresql.PGNotification;
import org.postgresql.ds.PGSimpleDataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.dao.DataAccessException;
import org.springframework.stereotype.Component;

/// Waits for the sink's notifications on a connection of its own, asks what is new, tells the hub.
///
/// Many notifications at once lead to one question. New things are told at once, figures at most
/// once a second, at least every ten, and only while somebody listens. Without Postgres it tries
/// again, at last every ten seconds; what happened meanwhile is told then.
@Component
class LiveListener implements SmartLifecycle, HealthPart {
    private static final Logger log = LoggerFactory.getLogger(LiveListener.class);
    private static final String CHANNEL = "headwater_projection";
    private static final Duration FIRST_PAUSE = Duration.ofMillis(250);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(10);

    /// Between two looks for new things, so that a flood of commits costs little.
    private static final long FEED_EVERY_NANOS = Duration.ofMillis(200).toNanos();

    private static final long FIGURES_EVERY_NANOS = Duration.ofSeconds(1).toNanos();

    /// Visits become inactive without any notification, and the moment they are of moves on.
    private static final long FIGURES_AT_LEAST_NANOS = Duration.ofSeconds(10).toNanos();

    private static final long FAILED_AGAIN_NANOS = Duration.ofSeconds(2).toNanos();
    private static final long PING_EVERY_NANOS = Duration.ofSeconds(15).toNanos();
    private static final int LONGEST_WAIT_MILLIS = 500;

    private final PGSimpleDataSource postgres;
    private final List<LiveFeed> feeds;
    private final List<LiveGauge> gauges;
    private final LiveHub hub;

    private volatile @Nullable Thread thread;
    private volatile boolean running;
    private volatile boolean listening;

    private boolean feedsDirty;
    private boolean figuresDirty;
    private boolean wasHeard;

    /// Not before these moments (`System.nanoTime`).
    private long feedsAt = System.nanoTime();

    private long figuresAt = feedsAt;
    private long figuresLatestAt = feedsAt;
    private @Nullable List<Object> lastFigures;

    LiveListener(
            PostgresSettings settings, List<LiveFeed> feeds, List<LiveGauge> gauges, LiveHub hub) {
        this.postgres = settings.dataSource("headwater-query-api-live");
        this.postgres.setSocketTimeout(Math.toIntExact(settings.queryLimit().toSeconds()));
        this.feeds = feeds;
        this.gauges = gauges;
        this.hub = hub;
    }

    @Override
    public void start() {
        running = true;
        thread = Thread.ofVirtual().name("live-listener").start(this::run);
    }

    /// Before the web server waits for its requests: these never end by themselves.
    @Override
    public void stop() {
        running = false;
        hub.endAll();
        Thread listener = thread;
        if (listener != null) {
            listener.interrupt();
        }
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    @Override
    public String name() {
        return "live";
    }

    @Override
    public String state() {
        return listening ? "ok" : "down";
    }

    private void run() {
        Duration pause = FIRST_PAUSE;
        while (running) {
            try (Connection connection = postgres.getConnection()) {
                listen(connection);
            } catch (SQLException | RuntimeException e) {
                // Whatever it was: this thread is the only one that listens.
                pause = listening ? FIRST_PAUSE : min(pause.multipliedBy(2), LONGEST_PAUSE);
                listening = false;
                if (running) {
                    log.atWarn()
                            .addKeyValue("cause", String.valueOf(e.getMessage()))
                            .addKeyValue("againIn", pause)
                            .setCause(e instanceof RuntimeException ? e : null)
                            .log("no notifications from Postgres");
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
            if (!sleep(pause)) {
                return;
            }
        }
    }

    private void listen(Connection connection) throws SQLException, InterruptedException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("listen " + CHANNEL);
            listening = true;
            log.atInfo().addKeyValue("channel", CHANNEL).log("listening");
            // Whatever came while nobody listened.
            feedsDirty = true;
            figuresDirty = true;
            var notifications = connection.unwrap(PGConnection.class);
            long pinged = System.nanoTime();
            while (running) {
                note(notifications.getNotifications(waitMillis()));
                if (Thread.interrupted()) {
                    throw new InterruptedException();
                }
                work();
                if (System.nanoTime() - pinged > PING_EVERY_NANOS) {
                    statement.execute("select 1");
                    pinged = System.nanoTime();
                }
            }
        }
    }

    private void note(PGNotification @Nullable [] notifications) {
        if (notifications == null) {
            return;
        }
        for (PGNotification notification : notifications) {
            String projection = notification.getParameter();
            feedsDirty |= feeds.stream().anyMatch(feed -> feed.projections().contains(projection));
            figuresDirty |=
                    gauges.stream().anyMatch(gauge -> gauge.projections().contains(projection));
        }
    }

    private void work() {
        long now = System.nanoTime();
        if (feedsDirty && now - feedsAt >= 0) {
            feedsAt = now + (works(this::tellNews) ? FEED_EVERY_NANOS : FAILED_AGAIN_NANOS);
        }
        if (wantsFigures(now) && now - figuresAt >= 0) {
            figuresAt =
                    now
                            + (works(() -> showFigures(now))
                                    ? FIGURES_EVERY_NANOS
                                    : FAILED_AGAIN_NANOS);
        }
    }

    /// What failed stays dirty: it is asked again soon.
    private static boolean works(Runnable work) {
        try {
            work.run();
            return true;
        } catch (DataAccessException e) {
            // Views may not be published yet; Postgres has a part of its own in the health.
            log.atDebug().setCause(e).log("cannot tell what is new");
            return false;
        } catch (RuntimeException e) {
            log.atError().setCause(e).log("cannot tell what is new");
            return false;
        }
    }

    private void tellNews() {
        for (LiveFeed feed : feeds) {
            feed.news().forEach(hub::tell);
        }
        feedsDirty = false;
    }

    private boolean wantsFigures(long now) {
        if (!hub.isHeard()) {
            if (wasHeard) {
                hub.forgetFigures();
            }
            wasHeard = false;
            return false;
        }
        return !wasHeard || figuresDirty || now - figuresLatestAt >= 0;
    }

    private void showFigures(long now) {
        var readings = gauges.stream().map(LiveGauge::read).toList();
        boolean shown = wasHeard && now - figuresLatestAt < 0;
        figuresDirty = false;
        wasHeard = true;
        List<Object> figures = readings.stream().map(LiveGauge.Reading::figures).toList();
        if (!shown || !figures.equals(lastFigures)) {
            lastFigures = figures;
            figuresLatestAt = now + FIGURES_AT_LEAST_NANOS;
            readings.forEach(reading -> hub.show(reading.event()));
        }
    }

    /// Short while something waits for its turn.
    private int waitMillis() {
        boolean waiting = feedsDirty || (figuresDirty && hub.isHeard());
        return waiting ? LONGEST_WAIT_MILLIS / 10 : LONGEST_WAIT_MILLIS;
    }

    private static Duration min(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }

    private static boolean sleep(Duration pause) {
        try {
            Thread.sleep(pause);
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
