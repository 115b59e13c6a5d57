package io.headwater.bench;

import io.headwater.events.tracking.EventsTracked;
import io.headwater.events.tracking.SessionStarted;
import io.headwater.events.tracking.TrackedEvent;
import io.headwater.schema.SchemaIds;
import io.headwater.schema.Slots;
import io.headwater.schema.Topics;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import org.apache.avro.specific.SpecificRecord;

/// Fills the tracking topic with sessions of five records each, in a chosen order.
final class TrackingLoad {

    static final int RECORDS_PER_SESSION = 5;
    private static final int CLICKS_PER_SESSION = RECORDS_PER_SESSION - 1;

    private final String bootstrap;
    private final SchemaIds ids;
    private final int partitions;

    TrackingLoad(String bootstrap, SchemaIds ids, int partitions) {
        this.bootstrap = bootstrap;
        this.ids = ids;
        this.partitions = partitions;
    }

    static long clicks(long records) {
        return records / RECORDS_PER_SESSION * CLICKS_PER_SESSION;
    }

    /// Sessions of a crowd that is alike.
    ///
    /// @param active sessions that take turns: all of them for far, a thousand for near
    /// @return records written
    long fill(int sessions, int active, long seed) {
        return fill(sessions, active, seed, Crowd.ALIKE);
    }

    /// @param active sessions that take turns: all of them for far, a thousand for near
    /// @return records written
    long fill(int sessions, int active, long seed, Crowd crowd) {
        double all = (double) sessions * RECORDS_PER_SESSION;
        try (var filler = new TopicFiller(bootstrap, ids)) {
            var random = new Random(seed);
            long written = 0;
            for (int first = 0; first < sessions; first += active) {
                int count = Math.min(active, sessions - first);
                Instant now = Instant.now();
                String[] session = new String[count];
                for (int record = 0; record < RECORDS_PER_SESSION; record++) {
                    for (int i = 0; i < count; i++) {
                        String visitor = "bench-visitor-" + seed + "-" + (first + i);
                        var look = crowd.look(first + i);
                        Instant at = crowd.at(now, record, written / all);
                        if (record == 0) {
                            session[i] = Slots.newSessionId(visitor, at, random);
                        }
                        filler.send(
                                Topics.TRACKING_EVENTS.name(),
                                Slots.partition(Slots.slotOfSession(session[i]), partitions),
                                session[i],
                                record == 0
                                        ? started(session[i], visitor, look, at)
                                        : tracked(session[i], visitor, look, record, at));
                        written++;
                    }
                }
            }
            return filler.finish();
        }
    }

    private static SpecificRecord started(
            String session, String visitor, Crowd.Look look, Instant at) {
        return SessionStarted.newBuilder()
                .setSessionId(session)
                .setVisitorId(visitor)
                .setDeviceId("bench-device")
                .setFingerprintId("bench-fingerprint")
                .setSiteId("main")
                .setPage(look.page())
                .setUtmSource(look.source())
                .setUtmCampaign(look.campaign())
                .setDeviceType(look.device())
                .setCountry(look.country())
                .setStartedAt(at)
                .setReceivedAt(at)
                .build();
    }

    private static SpecificRecord tracked(
            String session, String visitor, Crowd.Look look, int record, Instant at) {
        boolean viewed = look.reads() && record % 2 == 1;
        return EventsTracked.newBuilder()
                .setSessionId(session)
                .setVisitorId(visitor)
                .setEvents(List.of(viewed ? viewed(look.page(), at) : clicked(at)))
                .setReceivedAt(at)
                .build();
    }

    private static TrackedEvent viewed(String page, Instant at) {
        return TrackedEvent.newBuilder()
                .setType("page_view")
                .setOccurredAt(at)
                .setPage(page)
                .build();
    }

    private static TrackedEvent clicked(Instant at) {
        return TrackedEvent.newBuilder()
                .setType("click")
                .setOccurredAt(at)
                .setPage("/bench/pricing")
                .setX(640)
                .setY(360)
                .setElement("button#request-quote")
                .build();
    }
}
