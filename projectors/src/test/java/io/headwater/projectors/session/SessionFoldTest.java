package io.headwater.projectors.session;

import static io.headwater.schema.SampleEvents.NOON;
import static io.headwater.schema.SampleEvents.SESSION;
import static io.headwater.schema.SampleEvents.VISITOR;
import static io.headwater.schema.SampleEvents.event;
import static io.headwater.schema.SampleEvents.eventsTracked;
import static org.assertj.core.api.Assertions.assertThat;

import io.headwater.events.tracking.EventsTracked;
import io.headwater.events.tracking.SessionEnded;
import io.headwater.projectors.Events;
import io.headwater.projectors.platform.SourcePosition;
import io.headwater.schema.PersonalData;
import io.headwater.schema.SampleEvents;
import io.headwater.views.SessionRow;
import java.util.List;
import org.apache.avro.specific.SpecificRecord;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class SessionFoldTest {

    private static final SpecificRecord START = SampleEvents.sessionStarted().build();

    @Test
    void publishedExamplesComeOutFromTrackingRecords() {
        assertThat(scoreAndLabel(0, 5, 0, 0)).isEqualTo("0 Cold");
        assertThat(scoreAndLabel(0, 60, 50, 3)).isEqualTo("24 Warm");
        assertThat(scoreAndLabel(0, 180, 80, 10)).isEqualTo("52 Hot");
        assertThat(scoreAndLabel(2, 300, 100, 15)).isEqualTo("85 Very Hot");
    }

    @Test
    void eventsBeforeTheStartCountFromTheStart() {
        SessionRow late = fold(0, Events.engaged(SESSION, 60, 50, 3), START);
        SessionRow inOrder = fold(0, START, Events.engaged(SESSION, 60, 50, 3));

        assertThat(late).isEqualTo(inOrder);
        assertThat(late.getDurationSeconds()).isEqualTo(60);
    }

    @Test
    void repeatedStartResetsNothing() {
        var repeated =
                SampleEvents.sessionStarted()
                        .setStartedAt(NOON.plusSeconds(50))
                        .setPage("https://example.org/other")
                        .setUtmSource("bing")
                        .build();

        SessionRow row = fold(0, START, Events.engaged(SESSION, 60, 50, 3), repeated);

        assertThat(row.getStartedAt()).isEqualTo(NOON);
        assertThat(row.getEntryPage()).isEqualTo("https://example.org/");
        assertThat(row.getUtmSource()).isEqualTo("google");
        assertThat(row.getEngagementScore()).isEqualTo(24);
    }

    /// What is sealed goes with the page that it is of.
    @Test
    void pagesAsSentGoWithTheirPages() {
        var first = PersonalData.of("https://example.org/?mail=1");
        var last = PersonalData.of("/b?mail=1");
        var start = SampleEvents.sessionStarted().setPageAsSent(first).build();
        var viewed =
                SampleEvents.eventsTracked(
                        SESSION,
                        event("page_view", NOON.plusSeconds(1))
                                .setPage("/b")
                                .setPageAsSent(last)
                                .build());

        SessionRow row = fold(0, start, viewed);

        assertThat(row.getEntryPageAsSent()).isEqualTo(first);
        assertThat(row.getExitPage()).isEqualTo("/b");
        assertThat(row.getExitPageAsSent()).isEqualTo(last);
        assertThat(fold(0, start, viewed, SampleEvents.sessionEnded(SESSION)).getExitPageAsSent())
                .isNull();
    }

    @Test
    void endNeitherLengthensNorFreezesTheVisit() {
        SpecificRecord end = SampleEvents.sessionEnded(SESSION);

        SessionRow ended = fold(0, START, Events.engaged(SESSION, 60, 50, 3), end);
        SessionRow lateEvents = fold(0, START, end, Events.engaged(SESSION, 60, 50, 3));

        assertThat(ended.getEndedAt()).isEqualTo(NOON.plusSeconds(180));
        assertThat(ended.getDurationSeconds()).isEqualTo(60);
        assertThat(ended.getEventCount()).isEqualTo(5);
        assertThat(ended.getExitPage()).isEqualTo("https://example.org/seaside");
        assertThat(lateEvents.getEngagementScore()).isEqualTo(24);
        assertThat(lateEvents.getEndedAt()).isEqualTo(NOON.plusSeconds(180));
    }

    @Test
    void endBeforeTheStartDoesNotLengthenTheVisit() {
        SessionRow row = fold(0, SampleEvents.sessionEnded(SESSION), START);

        assertThat(row.getStartedAt()).isEqualTo(NOON);
        assertThat(row.getDurationSeconds()).isZero();
        assertThat(row.getLastEventAt()).isEqualTo(NOON);
    }

    @Test
    void unknownSessionMakesARowFromItsEarliestEvent() {
        SessionRow row =
                fold(
                        0,
                        eventsTracked(SESSION, event("click", NOON.plusSeconds(30)).build()),
                        eventsTracked(SESSION, event("page_view", NOON).setPage("/late").build()));

        assertThat(row.getStartedAt()).isEqualTo(NOON);
        assertThat(row.getDurationSeconds()).isEqualTo(30);
        assertThat(row.getEntryPage()).isEqualTo("/late");
        assertThat(row.getDeviceType()).isEqualTo("unknown");
    }

    @Test
    void startToldByTheClientCountsUntilTheStartIsSeen() {
        var told =
                new EventsTracked(
                        SESSION,
                        VISITOR,
                        NOON.minusSeconds(10),
                        List.of(event("click", NOON).build()),
                        NOON,
                        null,
                        null);

        assertThat(fold(0, told).getDurationSeconds()).isEqualTo(10);
        assertThat(fold(0, told, START).getStartedAt()).isEqualTo(NOON);
    }

    @Test
    void exitPageIsThatOfTheNewestEventThatNamesOne() {
        SessionRow row =
                fold(
                        0,
                        START,
                        eventsTracked(
                                SESSION,
                                event("page_view", NOON.plusSeconds(20)).setPage("/b").build(),
                                event("page_view", NOON.plusSeconds(10)).setPage("/a").build(),
                                event("scroll", NOON.plusSeconds(30)).build()));

        assertThat(row.getExitPage()).isEqualTo("/b");
    }

    @Test
    void clocksBeforeTheStartGiveNoNegativeDuration() {
        SessionRow row =
                fold(
                        0,
                        START,
                        eventsTracked(SESSION, event("click", NOON.minusSeconds(9)).build()));

        assertThat(row.getDurationSeconds()).isZero();
        assertThat(row.getLastEventAt()).isEqualTo(NOON.minusSeconds(9));
    }

    @Test
    void absurdScrollIsCut() {
        SessionRow row =
                fold(
                        0,
                        START,
                        eventsTracked(
                                SESSION,
                                event("scroll", NOON).setScrollPercent(Double.NaN).build(),
                                event("scroll", NOON).setScrollPercent(5_000.0).build()));

        assertThat(row.getMaxScrollPercent()).isEqualTo(100);
    }

    @Test
    void endsComeInAnyOrder() {
        var early = new SessionEnded(SESSION, null, null, NOON.plusSeconds(10), NOON, null);

        SessionRow row = fold(0, START, SampleEvents.sessionEnded(SESSION), early);

        assertThat(row.getEndedAt()).isEqualTo(NOON.plusSeconds(180));
    }

    private static String scoreAndLabel(int visits, long seconds, double scroll, int clicks) {
        SessionRow row = fold(visits, START, Events.engaged(SESSION, seconds, scroll, clicks));
        return row.getEngagementScore() + " " + row.getEngagementLabel();
    }

    private static SessionRow fold(int visits, SpecificRecord... events) {
        @Nullable SessionRow row = null;
        for (SpecificRecord one : events) {
            row =
                    SessionFold.fold(
                            SESSION, row, new CountedVisit(one, visits, new SourcePosition(1, 7)));
        }
        return java.util.Objects.requireNonNull(row);
    }
}
