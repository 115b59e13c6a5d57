package io.headwater.projectors;

import static io.headwater.schema.SampleEvents.NOON;
import static io.headwater.schema.SampleEvents.SESSION;
import static io.headwater.schema.SampleEvents.VISITOR;
import static io.headwater.schema.SampleEvents.sessionImported;
import static org.assertj.core.api.Assertions.assertThat;

import io.headwater.events.tracking.SessionImported;
import io.headwater.projectors.analytics.TrafficProjection;
import io.headwater.projectors.session.SessionsProjection;
import io.headwater.schema.SampleEvents;
import io.headwater.schema.Slots;
import io.headwater.schema.Topics;
import io.headwater.views.PageViewsRow;
import io.headwater.views.SessionRow;
import io.headwater.views.TrafficRow;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.apache.avro.specific.SpecificRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Visits of another system beside live ones: with their own times, once, and harming nothing.
class ImportedVisitsTest {

    private static final String TRACKING = Topics.TRACKING_EVENTS.name();
    private static final Instant THEN = NOON.minus(Duration.ofDays(730));
    private static final SessionImported PAST = sessionImported().build();

    @TempDir private Path folder;

    @Test
    void anImportedVisitIsARowWithItsOwnTimesAndAScore() {
        try (var driver = new FoldDriver(new SessionsProjection(), folder)) {
            send(driver, PAST);

            SessionRow row = session(driver.rows(), PAST.getSessionId());
            assertThat(row.getImported()).isTrue();
            assertThat(row.getExternalId()).isEqualTo("visit-1");
            assertThat(row.getStartedAt()).isEqualTo(THEN);
            assertThat(row.getLastEventAt()).isEqualTo(THEN.plusSeconds(180));
            assertThat(row.getEndedAt()).isEqualTo(THEN.plusSeconds(200));
            assertThat(row.getEngagementScore() + row.getEngagementLabel()).isEqualTo("52Hot");
        }
    }

    @Test
    void whatComesUnderItsIdAgainChangesNothing() {
        try (var driver = new FoldDriver(new SessionsProjection(), folder)) {
            String id = PAST.getSessionId();
            send(driver, PAST);
            SessionRow once = session(driver.rows(), id);

            send(driver, sessionImported().setClicks(0).setReceivedAt(NOON.plusSeconds(9)).build());
            driver.send(TRACKING, id, Events.engaged(id, 60, 100, 15));
            driver.send(TRACKING, id, SampleEvents.sessionEnded(id));

            assertThat(session(driver.rows(), id))
                    .isEqualTo(SessionRow.newBuilder(once).setSrcOffset(3).build());
        }
    }

    @Test
    void aLiveVisitStaysAsItIs() {
        try (var driver = new FoldDriver(new SessionsProjection(), folder)) {
            driver.send(TRACKING, SESSION, Events.start(SESSION, VISITOR, "main"));
            driver.send(TRACKING, SESSION, Events.engaged(SESSION, 60, 50, 3));
            SessionRow live = session(driver.rows(), SESSION);

            send(driver, PAST);
            send(driver, sessionImported().setSessionId(SESSION).build());

            assertThat(session(driver.rows(), SESSION))
                    .isEqualTo(SessionRow.newBuilder(live).setSrcOffset(3).build());
        }
    }

    @Test
    void earlierVisitsAreThoseThatBeganBeforeUnlessTold() {
        try (var driver = new FoldDriver(new SessionsProjection(), folder)) {
            String first = Slots.newSessionId(VISITOR, THEN.minusSeconds(90), () -> 8);
            String told = Slots.newSessionId(VISITOR, THEN.plusSeconds(900), () -> 9);
            String next = SampleEvents.session(VISITOR, 2);

            driver.send(TRACKING, SESSION, Events.start(SESSION, VISITOR, "main"));
            send(driver, sessionImported().setSessionId(first).build());
            send(driver, PAST);
            send(driver, sessionImported().setSessionId(told).setReturnVisits(7).build());
            driver.send(TRACKING, SESSION, Events.engaged(SESSION, 60, 50, 3));
            driver.send(TRACKING, next, Events.start(next, VISITOR, "main"));

            var rows = driver.rows();
            assertThat(session(rows, first).getReturnVisits()).isZero();
            assertThat(session(rows, PAST.getSessionId()).getReturnVisits()).isEqualTo(1);
            assertThat(session(rows, told).getReturnVisits()).isEqualTo(7);
            assertThat(session(rows, SESSION).getReturnVisits()).isZero();
            assertThat(session(rows, next).getReturnVisits()).isEqualTo(4);
        }
    }

    @Test
    void trafficCountsItOnceWhenItBegan() {
        try (var driver = new FoldDriver(new TrafficProjection(), folder)) {
            send(driver, PAST);
            send(driver, PAST);

            assertThat(driver.rows().values())
                    .containsExactlyInAnyOrder(
                            new TrafficRow(
                                    "main", THEN, "google", "(none)", "ES", "mobile", 1L, 13L, 2L,
                                    10L, 0, 0L),
                            new PageViewsRow("main", THEN, "/", 1L, 1L, 0, 0L),
                            new PageViewsRow("main", THEN, "/seaside", 1L, 1L, 0, 0L));
        }
    }

    private static void send(FoldDriver driver, SessionImported past) {
        driver.send(TRACKING, past.getSessionId(), past);
    }

    private static SessionRow session(Map<String, SpecificRecord> rows, String id) {
        return (SessionRow) java.util.Objects.requireNonNull(rows.get("sessions|" + id), id);
    }
}
