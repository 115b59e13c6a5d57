package io.headwater.projectors;

import static io.headwater.schema.SampleEvents.NOON;

import io.headwater.events.intake.ReceiptRecorded;
import io.headwater.events.lead.LeadCaptured;
import io.headwater.events.lead.Submission;
import io.headwater.events.tracking.EventsTracked;
import io.headwater.events.tracking.SessionStarted;
import io.headwater.events.tracking.TrackedEvent;
import io.headwater.schema.SampleEvents;
import io.headwater.schema.SampleLife;
import java.util.ArrayList;
import java.util.List;

/// Small stories of visits and leads, on top of the sample events.
public final class Events {

    private Events() {}

    public static SessionStarted start(String session, String visitor, String site) {
        return SampleEvents.sessionStarted()
                .setSessionId(session)
                .setVisitorId(visitor)
                .setSiteId(site)
                .build();
    }

    public static EventsTracked viewed(String session, long second, String page) {
        return SampleEvents.eventsTracked(
                session,
                SampleEvents.event("page_view", NOON.plusSeconds(second)).setPage(page).build(),
                SampleEvents.event("mousemove", NOON.plusSeconds(second)).build());
    }

    /// A page view, a scroll and clicks, the newest event after so many seconds.
    public static EventsTracked engaged(String session, long seconds, double scroll, int clicks) {
        List<TrackedEvent> events = new ArrayList<>();
        events.add(SampleEvents.event("page_view", NOON).setPage("https://example.org/").build());
        events.add(
                SampleEvents.event("scroll", NOON.plusSeconds(seconds))
                        .setScrollPercent(scroll)
                        .build());
        for (int i = 0; i < clicks; i++) {
            events.add(SampleEvents.event("click", NOON.plusSeconds(Math.min(i, seconds))).build());
        }
        return SampleEvents.eventsTracked(session, events.toArray(TrackedEvent[]::new));
    }

    /// A lead of its own. Sites are read side by side, so events of one id would be in no order.
    public static LeadCaptured captured(String site, int number) {
        String lead = site + "_" + number;
        return LeadCaptured.newBuilder(SampleEvents.leadCaptured(lead, submission(site, number)))
                .setMeta(SampleLife.meta(lead, 1))
                .build();
    }

    public static Submission submission(String site, int number) {
        return SampleEvents.submission()
                .setSubmissionId("submission-" + site + "-" + number)
                .setReceiptId("receipt-" + number)
                .setSiteId(site)
                .build();
    }

    public static ReceiptRecorded receipt(String site, int number) {
        return ReceiptRecorded.newBuilder()
                .setReceiptId("receipt-" + number)
                .setSiteId(site)
                .setChannel("form")
                .setSubmissionIds(List.of("submission-" + number))
                .setReceivedAt(NOON)
                .build();
    }
}
