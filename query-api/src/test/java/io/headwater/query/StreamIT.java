package io.headwater.query;

import static io.headwater.query.RunningQueryApi.ADMIN;
import static io.headwater.query.RunningQueryApi.MARKETING;
import static io.headwater.query.RunningQueryApi.NOBODY;
import static io.headwater.query.SentEvents.next;
import static io.headwater.query.SentEvents.take;
import static org.assertj.core.api.Assertions.assertThat;

import io.headwater.backends.Backend;
import io.headwater.backends.TestBackends;
import io.headwater.query.SentEvents.Event;
import io.headwater.query.platform.paging.Cursor;
import java.net.http.HttpRequest;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class StreamIT {
    private final RunningQueryApi api = EmbeddedReadModels.api();
    private final ReadModels models = EmbeddedReadModels.models();
    private final SentEvents streams = new SentEvents(api);
    private final Instant now = Instant.now().truncatedTo(ChronoUnit.MILLIS);

    @BeforeEach
    void clear() {
        models.clear();
    }

    @AfterEach
    void closeStreams() {
        streams.closeAll();
    }

    @Test
    void aNewLeadArrivesAsInTheList() {
        var events = listen(ADMIN);
        next(events, "counters");

        models.lead("main_live_1", "email", "ana@example.com", "created_at", now);
        models.announce("leads");

        Event event = next(events, "lead");
        assertThat(event.data().propertyNames()).containsExactlyElementsOf(Members.LEAD);
        assertThat(event.data().get("lead_id").asString()).isEqualTo("main_live_1");
        assertThat(event.id()).isNotEmpty();
    }

    @Test
    void aLeadWhoseRowWasParkedIsToldWhenItIsDrained() {
        models.lead("main_first");
        var events = listen(ADMIN);
        next(events, "counters");
        models.lead("main_second");
        models.announce("leads");
        Event second = next(events, "lead");
        while (!second.data().get("lead_id").asString().equals("main_second")) {
            second = next(events, "lead");
        }

        // its mark was passed; the other one had a row before
        models.lead("main_late", "captured_offset", 0L);
        models.drained("leads|main_first", false);
        models.drained("leads|main_late", true);
        models.announce("leads");

        assertThat(leadId(events)).isEqualTo("main_late");
        assertThat(leadId(listen(ADMIN, "Last-Event-ID", second.id()))).isEqualTo("main_late");
    }

    @Test
    void countersChangeWithTheirViews() {
        var events = listen(MARKETING);
        Event first = next(events, "counters");

        models.volume(now.truncatedTo(ChronoUnit.HOURS), "google", "leads", 2, "submissions", 3);
        models.traffic(now.truncatedTo(ChronoUnit.HOURS), "google", "sessions", 4, "events", 9);
        models.announce("lead_volume");
        models.announce("traffic");

        assertThat(first.data().propertyNames())
                .containsExactly(
                        "total_leads",
                        "leads_today",
                        "total_submissions",
                        "total_sessions",
                        "total_events",
                        "active_sessions_5m",
                        "as_of");
        Event changed = next(events, "counters");
        while (changed.data().get("total_events").asInt() != 9
                || changed.data().get("total_leads").asInt() != 2) {
            changed = next(events, "counters");
        }
        assertThat(changed.data().get("total_submissions").asInt()).isEqualTo(3);
    }

    @Test
    void countersCountAllDays() {
        Instant hour = now.truncatedTo(ChronoUnit.HOURS);
        models.volume(hour.minus(Duration.ofDays(40)), "google", "leads", 5);
        models.volume(hour, "google", "leads", 2);
        models.traffic(hour.minus(Duration.ofDays(40)), "google", "sessions", 4);
        var backends = TestBackends.shared(Backend.POSTGRES);

        try (var own = new RunningQueryApi(backends.jdbcUrl(), backends.jdbcQueryUser(), "");
                var lines = own.lines("/analytics/stream", MARKETING)) {
            assertThat(lines.filter(line -> line.startsWith("data:")).findFirst().orElse(""))
                    .contains("\"total_leads\":7", "\"total_sessions\":4");
        }
    }

    @Test
    void marketingHearsNoLeads() {
        models.lead("main_0");
        var events = listen(MARKETING, "Last-Event-ID", idOfNewest());
        var witness = listen(ADMIN);
        models.lead("main_live_2", "email", "ana@example.com", "created_at", now);
        models.volume(now.truncatedTo(ChronoUnit.HOURS), "x", "leads", 7);
        models.announce("leads");
        models.announce("lead_volume");

        next(witness, "lead");
        Event event = take(events);
        while (event.data().get("total_leads").asInt() != 7) {
            assertThat(event.name()).isEqualTo("counters");
            event = take(events);
        }
    }

    @Test
    void resumesAfterTheLastEventWithoutGapOrRepetition() {
        var first = listen(ADMIN);
        next(first, "counters");
        models.lead("main_a", "created_at", now);
        models.announce("leads");
        Event seen = next(first, "lead");
        streams.closeFirst();

        // Older than what was seen, as happens when a submission was received long before.
        models.lead("main_b", "created_at", now.minusSeconds(2));
        models.lead("main_c", "created_at", now.plusMillis(5));
        models.announce("leads");
        var witness = listen(ADMIN, "Last-Event-ID", seen.id());
        models.lead("main_d", "created_at", now.plusMillis(9));
        models.announce("leads");

        assertThat(List.of(leadId(witness), leadId(witness), leadId(witness)))
                .containsExactly("main_b", "main_c", "main_d");
    }

    @Test
    void resumesFromTheViewWhenTheEventIsLongForgotten() {
        models.lead("main_past_0");
        String id = idOfNewest();
        models.lead("main_past_1");
        models.lead("main_past_2");

        var events = listen(ADMIN, "Last-Event-ID", id);

        assertThat(List.of(leadId(events), leadId(events)))
                .containsExactly("main_past_1", "main_past_2");
    }

    @Test
    void aLeadOfAPartitionThatIsBehindIsNewToo() {
        var events = listen(ADMIN);
        next(events, "counters");
        models.lead("main_now", "created_at", now);
        models.announce("leads");
        Event seen = next(events, "lead");

        models.lead(
                "main_late",
                "created_at",
                now.minus(Duration.ofHours(5)),
                "src_partition",
                3,
                "captured_offset",
                1);
        models.announce("leads");

        assertThat(leadId(events)).isEqualTo("main_late");
        assertThat(leadId(listen(ADMIN, "Last-Event-ID", seen.id()))).isEqualTo("main_late");
        assertThat(leadId(listen(ADMIN, "Last-Event-ID", unknownToTheHub(seen.id()))))
                .isEqualTo("main_late");
    }

    /// Not remembered by the hub, so it is looked up.
    private static String unknownToTheHub(String id) {
        Cursor cursor = Cursor.decode("id", id);
        return new Cursor(cursor.sort(), cursor.value(), "another").encode();
    }

    @Test
    void askingForHeadersTakesNoPlace() {
        var backends = TestBackends.shared(Backend.POSTGRES);
        try (var small =
                new RunningQueryApi(
                        backends.jdbcUrl(),
                        backends.jdbcQueryUser(),
                        "",
                        "--headwater.live.most-streams=1")) {
            var head = small.send("/analytics/stream", ADMIN, HttpRequest.newBuilder().HEAD());
            assertThat(head.header("Content-Type")).startsWith("text/event-stream");

            try (var lines = small.lines("/analytics/stream", ADMIN)) {
                assertThat(lines.findFirst()).contains("retry: 2000");
            }
        }
    }

    @Test
    void aLeadThatChangesIsNotNewAgain() {
        var events = listen(ADMIN);
        models.lead("main_x", "created_at", now);
        models.announce("leads");
        assertThat(leadId(events)).isEqualTo("main_x");

        models.jdbc().sql("update leads_g1.leads set engagement_score = 5").update();
        models.announce("leads");
        models.lead("main_y", "created_at", now.plusMillis(1));
        models.announce("leads");

        assertThat(leadId(events)).isEqualTo("main_y");
    }

    @Test
    void streamsEndWhenTheApplicationStops() {
        var backends = TestBackends.shared(Backend.POSTGRES);
        var own = new RunningQueryApi(backends.jdbcUrl(), backends.jdbcQueryUser(), "");
        var lines = own.lines("/analytics/stream", ADMIN);
        var ended = new CompletableFuture<@Nullable Void>();
        Thread.ofVirtual()
                .start(() -> {
                    try {
                        lines.forEach(_ -> {});
                    } finally {
                        // However it ended.
                        ended.complete(null);
                    }
                });

        own.context().close();

        assertThat(ended).succeedsWithin(Duration.ofSeconds(60));
        own.close();
    }

    @Test
    void needsAKeyAndAnIdOfItsOwn() {
        assertThat(api.get("/analytics/stream", NOBODY).status()).isEqualTo(401);
        var answer = api.get("/analytics/stream", ADMIN, "Last-Event-ID", "nonsense");
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.blamed()).isEqualTo("Last-Event-ID");
    }

    /// What a stream sent with the newest of the leads so far.
    private String idOfNewest() {
        long offset =
                models.jdbc()
                        .sql("select max(captured_offset) from leads_g1.leads")
                        .query(Long.class)
                        .single();
        return new Cursor("lead", "0:" + offset, "any").encode();
    }

    private String leadId(BlockingQueue<Event> events) {
        return next(events, "lead").data().get("lead_id").asString();
    }

    private BlockingQueue<Event> listen(String key, String... headers) {
        return streams.listen("/analytics/stream", key, headers);
    }
}
