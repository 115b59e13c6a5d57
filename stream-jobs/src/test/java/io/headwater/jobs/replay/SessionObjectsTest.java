package io.headwater.jobs.replay;

import static io.headwater.schema.SampleEvents.NOON;
import static io.headwater.schema.SampleEvents.SESSION;
import static io.headwater.schema.SampleEvents.VISITOR;
import static io.headwater.schema.SampleEvents.event;
import static io.headwater.schema.SampleEvents.eventsTracked;
import static io.headwater.schema.SampleEvents.sessionEnded;
import static io.headwater.schema.SampleEvents.sessionImported;
import static io.headwater.schema.SampleEvents.sessionStarted;
import static org.assertj.core.api.Assertions.assertThat;

import io.headwater.events.tracking.EventsTracked;
import io.headwater.events.tracking.SessionStarted;
import io.headwater.schema.PersonalData;
import io.headwater.schema.SampleEvents;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class SessionObjectsTest {

    private static final String FOLDER = "sessions/2026/11/20/" + SESSION + "/";

    private final SessionObjects objects = new SessionObjects();

    @Test
    void sessionIsAMetaAndOneObjectOfEvents() {
        var written =
                objects.of(
                        List.of(
                                at(7, sessionStarted().build()),
                                at(8, eventsTracked(SESSION, event("click", NOON).build())),
                                at(9, sessionEnded(SESSION))));

        assertThat(written)
                .extracting(ArchiveObject::key)
                .containsExactly(
                        FOLDER + "meta.json",
                        FOLDER + "events/" + NOON.toEpochMilli() + "-2-7.json");
        var events = json(written.get(1));
        assertThat(events.get("first_offset").asLong()).isEqualTo(7);
        assertThat(events.get("last_offset").asLong()).isEqualTo(9);
        assertThat(events.get("events").valueStream().map(one -> one.get("type").asString()))
                .containsExactly("session_started", "click", "session_ended");
        assertThat(written.get(1).events()).isEqualTo(3);
    }

    @Test
    void anImportedSessionIsAMetaUnderItsOwnDate() {
        var past = sessionImported().build();

        var written = objects.of(List.of(at(7, past)));

        assertThat(written)
                .extracting(ArchiveObject::key)
                .containsExactly("sessions/2024/11/20/" + past.getSessionId() + "/meta.json");
        var meta = json(written.getFirst());
        assertThat(meta.get("imported").asBoolean()).isTrue();
        assertThat(meta.get("started_at").asLong()).isEqualTo(past.getStartedAt().toEpochMilli());
        assertThat(meta.get("offset").asLong()).isEqualTo(7);
    }

    @Test
    void eventsCarryTheirPosition() {
        var written =
                objects.of(
                        List.of(
                                at(
                                        8,
                                        eventsTracked(
                                                SESSION,
                                                event("click", NOON).setX(3).setY(4).build(),
                                                event("scroll", NOON)
                                                        .setScrollPercent(40.5)
                                                        .build()))));

        assertThat(json(written.getFirst()).get("events").toString())
                .isEqualTo(
                        """
                        [{"partition":2,"offset":8,"index":0,"type":"click","timestamp":1795176000000,\
                        "received_at":1795176000000,"x":3,"y":4},\
                        {"partition":2,"offset":8,"index":1,"type":"scroll","timestamp":1795176000000,\
                        "received_at":1795176000000,"scroll_percent":40.5}]\
                        """);
    }

    @Test
    void personalDataStaysOut() {
        var started =
                SessionStarted.newBuilder(SampleEvents.filled(SessionStarted.class))
                        .setPageAsSent(null)
                        .setReferrerAsSent(null)
                        .build();

        var written = objects.of(List.of(at(7, started)));

        assertThat(written).isNotEmpty();
        for (var object : written) {
            assertThat(text(object))
                    .doesNotContain("ünï")
                    .doesNotContain("fingerprint")
                    .doesNotContain("user_agent");
        }
    }

    @Test
    void metaIsTheSameEachTime() {
        var started = at(7, sessionStarted().build());

        var once = objects.of(List.of(started)).getFirst();
        var again = objects.of(List.of(started, at(9, sessionEnded(SESSION)))).getFirst();

        assertThat(again.key()).isEqualTo(once.key());
        assertThat(again.json()).isEqualTo(once.json());
        assertThat(json(once).get("visitor_id").asString()).isEqualTo(VISITOR);
    }

    @Test
    void dataStaysAsItCame() {
        var written =
                objects.of(
                        List.of(
                                at(
                                        1,
                                        eventsTracked(
                                                SESSION,
                                                event("a", NOON)
                                                        .setData("{\"id\":9007199254740993}")
                                                        .build(),
                                                event("b", NOON).setData("not json").build(),
                                                event("c", NOON).setData("{} {}").build()))));

        assertThat(text(written.getFirst()))
                .contains("\"data\":{\"id\":9007199254740993}")
                .contains("\"data\":\"not json\"")
                .contains("\"data\":\"{} {}\"");
    }

    @Test
    void whatTellsEventsApartIsKept() {
        var event =
                event("click", NOON).setEventId("e-1").setWindowId("w-1").setSeq(1L << 40).build();

        var written = objects.of(List.of(at(1, eventsTracked(SESSION, event)))).getFirst();

        assertThat(text(written))
                .contains("\"event_id\":\"e-1\",\"window_id\":\"w-1\",\"seq\":1099511627776");
    }

    /// As they came, and not only what of them is shown.
    @Test
    void pagesAndWordsAreWhole() {
        var viewed =
                event("page_view", NOON)
                        .setPage("/a")
                        .setPageAsSent(PersonalData.of("/a?q=ada"))
                        .build();
        var clicked = event("click", NOON).setPage("/b").build();
        var details =
                PersonalData.of(
                        "[{},{\"element\":\"#x\",\"data\":\"{\\\"n\\\":9007199254740993}\"}]");
        var batch =
                EventsTracked.newBuilder(eventsTracked(SESSION, clicked, viewed))
                        .setDetails(details)
                        .build();

        var events = text(objects.of(List.of(at(1, batch))).getFirst());

        assertThat(events)
                .contains("\"page\":\"/b\"}")
                .contains(
                        "\"page\":\"/a?q=ada\",\"element\":\"#x\",\"data\":{\"n\":9007199254740993}");
    }

    @Test
    void sessionsDoNotMix() {
        String other = SampleEvents.session(VISITOR, 9);

        var written =
                objects.of(
                        List.of(
                                at(1, sessionEnded(SESSION)),
                                at(2, sessionEnded(other)),
                                at(3, sessionEnded(SESSION))));

        assertThat(written).hasSize(2);
        assertThat(written)
                .extracting(object -> json(object).get("session_id").asString())
                .containsExactly(SESSION, other);
    }

    private static TrackingRecord at(long offset, org.apache.avro.specific.SpecificRecord record) {
        return new TrackingRecord(2, offset, record);
    }

    private static String text(ArchiveObject object) {
        return new String(object.json(), StandardCharsets.UTF_8);
    }

    private static JsonNode json(ArchiveObject object) {
        return JsonMapper.builder().build().readTree(object.json());
    }
}
